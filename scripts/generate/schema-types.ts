import openapiTypeScript, { astToString } from 'openapi-typescript';
import { banner } from './banner.js';
import type { Spec } from './spec.js';

/** `schema.ts`: the types of the spec, a named type for every component, the values of every enum. */
export async function generateSchemaTypes(spec: Spec): Promise<string> {
  const nodes = await openapiTypeScript(structuredClone(spec), {
    // A default is what the API takes where a member is missing, so the member may be missing.
    defaultNonNullable: false,
    enumValues: true,
    rootTypes: true,
    rootTypesNoSchemaPrefix: true,
    silent: true,
  });
  return `${banner}\n${astToString(nodes)}`;
}
