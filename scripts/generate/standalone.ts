import { join } from 'node:path';
import { _ } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import standaloneCode from 'ajv/dist/standalone/index.js';
import addFormats from 'ajv-formats';
import { build } from 'esbuild';
import { banner } from './banner.js';
import { constraintsOf } from './constraints.js';
import { formatsCode } from './formats.js';
import { isJsonObject, type Node } from '../../src/openapi/index.js';

export const componentReference = '#/components/schemas/';

/** A schema that no validator can be made of. */
export class InvalidSchemaError extends Error {
  override readonly name = 'InvalidSchemaError';

  constructor(
    readonly pointer: string,
    cause: unknown,
  ) {
    super(`no validator can be generated: ${cause instanceof Error ? cause.message : String(cause)}.`, { cause });
  }
}

/**
 * One ES module without imports, which holds a function for each schema and what `exports` adds.
 *
 * @param schemas - The schemas by id. A component's id is its name, and it is compiled once,
 *   however many schemas refer to it.
 * @param names - The name of each schema's function, by id.
 * @param exports - Statements that make the functions public.
 */
export async function standalone(
  schemas: ReadonlyMap<string, Node>,
  names: ReadonlyMap<string, string>,
  exports: readonly string[],
): Promise<string> {
  const ajv = new Ajv2020({
    strict: true,
    allErrors: true,
    allowUnionTypes: true,
    inlineRefs: false,
    code: { source: true, esm: true, formats: _`fullFormats` },
  });
  const constraints = new Map([...schemas].map(([id, { value }]) => [id, constraintsOf(value)]));
  followOnly(ajv, JSON.stringify([...constraints.values()]));
  addFormats.default(ajv);
  const forEachSchema = (action: (id: string) => unknown): void => {
    for (const [id, { pointer }] of schemas) {
      try {
        action(id);
      } catch (cause) {
        throw new InvalidSchemaError(pointer, cause);
      }
    }
  };
  forEachSchema((id) => ajv.addSchema({ ...referringById(constraints.get(id)), $id: id }));
  forEachSchema((id) => ajv.getSchema(id));

  const functions = standaloneCode.default(ajv, Object.fromEntries([...names].map(([id, name]) => [name, id])));
  return bundle([formatsCode(formatsIn(functions)), functions, ...exports].join('\n'));
}

/** Ajv2020 follows evaluated members and dynamic anchors in every schema, which adds half as much code again. */
function followOnly(ajv: Ajv2020, schemas: string): void {
  ajv.opts.unevaluated = schemas.includes('"unevaluated');
  ajv.opts.dynamicRef = schemas.includes('"$dynamic');
}

/** The formats that the code takes out of `fullFormats`. */
function formatsIn(code: string): Set<string> {
  return new Set(
    [...code.matchAll(/\bfullFormats(?:\.([\w$]+)|\["(.+?)"\])/g)].map(([, name, quoted]) => name ?? quoted ?? ''),
  );
}

function referringById(schema: unknown): Record<string, unknown> {
  const copy: unknown = JSON.parse(JSON.stringify(schema), (key, value: unknown) =>
    key === '$ref' && typeof value === 'string' ? value.replace(componentReference, '') : value,
  );
  return isJsonObject(copy) ? copy : {};
}

/** The folder is fixed, so that the paths in esbuild's comments are the same wherever it is called. */
async function bundle(code: string): Promise<string> {
  const project = join(import.meta.dirname, '..', '..');
  const { outputFiles } = await build({
    absWorkingDir: project,
    stdin: { contents: code, resolveDir: project, sourcefile: 'validators.js' },
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'neutral',
    mainFields: ['main'],
    target: 'es2022',
    charset: 'utf8',
    legalComments: 'none',
    logLevel: 'silent',
    banner: { js: banner },
  });
  return outputFiles.map((file) => file.text).join('');
}
