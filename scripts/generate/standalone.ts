import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import standaloneCode from 'ajv/dist/standalone/index.js';
import addFormats from 'ajv-formats';
import { build } from 'esbuild';
import { banner } from './banner.js';
import { isRecord } from './spec.js';

export const componentReference = '#/components/schemas/';

/** A schema that no validator can be made of. */
export class InvalidSchemaError extends Error {
  override readonly name = 'InvalidSchemaError';

  constructor(
    readonly id: string,
    cause: unknown,
  ) {
    super(`${id}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}

/** Keywords of OpenAPI 3.1 that say something to people and to tools, and nothing to a validator. */
const annotations = ['discriminator', 'example', 'externalDocs', 'xml'];

/**
 * One ES module without imports, which holds a function for each schema and what `exports` adds.
 *
 * @param schemas - The schemas by id. A component's id is its name, and it is compiled once,
 *   however many schemas refer to it.
 * @param names - The name of each schema's function, by id.
 * @param exports - Statements that make the functions public.
 */
export async function standalone(
  schemas: ReadonlyMap<string, unknown>,
  names: ReadonlyMap<string, string>,
  exports: readonly string[],
): Promise<string> {
  const ajv = new Ajv2020({
    strict: true,
    allErrors: true,
    allowUnionTypes: true,
    inlineRefs: false,
    code: { source: true, esm: true },
  });
  addFormats.default(ajv);
  ajv.addVocabulary([...annotations, ...extensionsIn([...schemas.values()])]);
  for (const [id, schema] of schemas) ajv.addSchema({ ...referringById(schema), $id: id });
  for (const id of schemas.keys()) {
    try {
      ajv.getSchema(id);
    } catch (cause) {
      throw new InvalidSchemaError(id, cause);
    }
  }

  const functions = standaloneCode.default(ajv, Object.fromEntries([...names].map(([id, name]) => [name, id])));
  return bundle([functions, ...exports].join('\n'));
}

function referringById(schema: unknown): Record<string, unknown> {
  const copy: unknown = JSON.parse(JSON.stringify(schema), (key, value: unknown) =>
    key === '$ref' && typeof value === 'string' ? value.replace(componentReference, '') : value,
  );
  return isRecord(copy) ? copy : {};
}

function extensionsIn(node: unknown, found = new Set<string>()): Set<string> {
  if (Array.isArray(node)) node.forEach((item) => extensionsIn(item, found));
  if (isRecord(node)) {
    for (const [key, value] of Object.entries(node)) {
      if (key.startsWith('x-')) found.add(key);
      extensionsIn(value, found);
    }
  }
  return found;
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
