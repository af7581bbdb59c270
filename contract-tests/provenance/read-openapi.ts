import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { objectOf, type JsonObject } from '../../src/openapi/index.js';

const project = join(import.meta.dirname, '..', '..');

/** Every file of `openapi/`, by its path in it. */
export function openapiFiles(): string[] {
  return readdirSync(join(project, 'openapi'), { recursive: true, encoding: 'utf8' });
}

/**
 * A file of `openapi/`. An alias of YAML becomes a copy.
 *
 * @param root - The folder that holds `openapi/`; this project where it is not given.
 */
export function readOpenapi(file: string, root = project): JsonObject {
  const text = readFileSync(join(root, 'openapi', file), 'utf8');
  const plain: unknown = JSON.parse(JSON.stringify(parse(text, { merge: true })));
  return objectOf(plain);
}
