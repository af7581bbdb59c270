import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSource, type YamlSource } from '../../src/openapi/index.js';

/** A line of a file that is edited by hand. */
export interface SourceLine {
  readonly file: string;
  readonly line: number;
}

const capture = 'openapi/associations.yaml';
let source: YamlSource | undefined;

/** The line of the capture for a place in the spec. For additions from overlays, the line of the node they extend. */
export function sourceLine(pointer: string): SourceLine {
  source ??= parseSource(readFileSync(join(import.meta.dirname, '..', '..', capture), 'utf8'));
  return { file: capture, line: source.lineAt(pointer) };
}
