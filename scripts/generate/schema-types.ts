import openapiTypeScript, { astToString } from 'openapi-typescript';
import { banner } from './banner.js';
import type { Spec } from './spec.js';

/** `schema.ts`: the types of the spec, a named type per component and the values of each enum. */
export async function generateSchemaTypes(spec: Spec): Promise<string> {
  const nodes = await openapiTypeScript(structuredClone(spec), {
    // The API applies a default if the member is missing, so the member stays optional.
    defaultNonNullable: false,
    enumValues: true,
    rootTypes: true,
    rootTypesNoSchemaPrefix: true,
    silent: true,
  });
  return `${banner}\n${astToString(nodes)}`;
}
