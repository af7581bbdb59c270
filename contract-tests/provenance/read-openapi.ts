import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isNode, LineCounter, parse, parseDocument } from 'yaml';
import { objectOf, stepsOf, type JsonObject } from '../spec/document.js';

const project = join(import.meta.dirname, '..', '..');
const folder = join(project, 'openapi');

/** Every file of `openapi/`, by its path in it. */
export function openapiFiles(): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' });
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

/** Says where a place of the capture stands, such as `openapi/associations.yaml:19`. */
export function captureLines(): (pointer: string) => string {
  const file = 'associations.yaml';
  const lineCounter = new LineCounter();
  const document = parseDocument(readFileSync(join(folder, file), 'utf8'), { lineCounter });
  return (pointer) => {
    const node = document.getIn(stepsOf(pointer), true);
    return `openapi/${file}:${String(lineCounter.linePos(isNode(node) ? (node.range?.[0] ?? 0) : 0).line)}`;
  };
}
