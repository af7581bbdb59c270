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

/** A validator for the schema cannot be generated. */
export class InvalidSchemaError extends Error {
  override readonly name = 'InvalidSchemaError';

  constructor(
    readonly pointer: string,
    cause: unknown,
  ) {
    super(`cannot generate a validator: ${cause instanceof Error ? cause.message : String(cause)}.`, { cause });
  }
}

/**
 * Generates an ES module without imports that contains a function per schema and the given exports.
 *
 * @param schemas - The schemas by id. A component's id is its name; it is compiled only once.
 * @param names - The name of each schema's function, by id.
 * @param exports - Statements that export the functions.
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
  trackOnlyWhatIsUsed(ajv, JSON.stringify([...constraints.values()]));
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

/** Disables tracking of evaluated members and dynamic anchors unless a schema needs it: it adds 50 % to the code. */
function trackOnlyWhatIsUsed(ajv: Ajv2020, schemas: string): void {
  ajv.opts.unevaluated = schemas.includes('"unevaluated');
  ajv.opts.dynamicRef = schemas.includes('"$dynamic');
}

/** The formats of `fullFormats` that the code uses. */
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

/** The folder is fixed, so that the paths in esbuild's comments do not depend on the working directory. */
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
