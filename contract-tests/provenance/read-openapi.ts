import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { objectOf, parseSource, type JsonObject, type YamlSource } from '../../src/openapi/index.js';

const project = join(import.meta.dirname, '..', '..');

/** The paths of all files in `openapi/`, relative to it. */
export function openapiFiles(): string[] {
  return readdirSync(join(project, 'openapi'), { recursive: true, encoding: 'utf8' });
}

/**
 * Reads a file of `openapi/`. YAML aliases become copies.
 *
 * @param root - The folder that contains `openapi/`; this project by default.
 */
export function readOpenapi(file: string, root = project): JsonObject {
  return parseOpenapi(textOf(`openapi/${file}`, root));
}

/** Parses the text of such a file. */
export function parseOpenapi(text: string): JsonObject {
  const plain: unknown = JSON.parse(JSON.stringify(parse(text, { merge: true })));
  return objectOf(plain);
}

/**
 * Creates a function that finds the line of a place in its file.
 *
 * @param texts - Texts to use instead of the files on disk, by file name.
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

/** The text of a file; its path is relative to the root of the project. */
export function textOf(file: string, root = project): string {
  return readFileSync(join(root, file), 'utf8');
}
