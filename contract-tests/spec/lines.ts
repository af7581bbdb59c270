import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSource, type YamlSource } from '../../src/openapi/index.js';

/** A line of a file that people edit. */
export interface SourceLine {
  readonly file: string;
  readonly line: number;
}

const capture = 'openapi/associations.yaml';
let source: YamlSource | undefined;

/** Where a place of the spec is written: what the overlays add to it is found at what they add it to. */
export function sourceLine(pointer: string): SourceLine {
  source ??= parseSource(readFileSync(join(import.meta.dirname, '..', '..', capture), 'utf8'));
  return { file: capture, line: source.lineAt(pointer) };
}
