import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { objectOf, parseSource, type JsonObject, type YamlSource } from '../../src/openapi/index.js';

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
  return parseOpenapi(textOf(`openapi/${file}`, root));
}

/** The same of a text. */
export function parseOpenapi(text: string): JsonObject {
  const plain: unknown = JSON.parse(JSON.stringify(parse(text, { merge: true })));
  return objectOf(plain);
}

/**
 * Says on which line of its file a place is written.
 *
 * @param texts - What is in a file, where that is not what is on the disk.
 */
export function linesOf(
  texts: Readonly<Record<string, string>> = {},
): (written: { readonly file: string; readonly pointer: string }) => number {
  const sources = new Map<string, YamlSource>();
  return ({ file, pointer }) => {
    const source = sources.get(file) ?? parseSource(texts[file] ?? textOf(file));
    sources.set(file, source);
    return source.lineAt(pointer);
  };
}

/** The text of a file, named from the root of the project. */
export function textOf(file: string, root = project): string {
  return readFileSync(join(root, file), 'utf8');
}
