import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isAlias, isMap, isNode, isScalar, isSeq, LineCounter, parseDocument } from 'yaml';
import { stepsOf } from './document.js';

/** Says on which line of a YAML or JSON text the place of a pointer begins, or else the nearest place above it. */
export function lineFinder(text: string): (pointer: string) => number {
  const lineCounter = new LineCounter();
  const parsed = parseDocument(text, { lineCounter, merge: true });
  return (pointer) => {
    let node: unknown = parsed.contents;
    let offset = 0;
    for (const step of stepsOf(pointer)) {
      // What is behind an alias is written at its anchor.
      const holder: unknown = isAlias(node) ? node.resolve(parsed) : node;
      const pair = isMap(holder)
        ? holder.items.find(({ key }) => isScalar(key) && String(key.value) === step)
        : undefined;
      const key: unknown = pair?.key ?? (isSeq(holder) ? holder.items[Number(step)] : undefined);
      if (!isNode(key)) break;
      offset = key.range?.[0] ?? offset;
      node = pair === undefined ? key : pair.value;
    }
    return lineCounter.linePos(offset).line;
  };
}

/** A line of a file that people edit. */
export interface SourceLine {
  readonly file: string;
  readonly line: number;
}

const capture = 'openapi/associations.yaml';
let lineInCapture: ((pointer: string) => number) | undefined;

/** Where a place of the spec is written: what the overlays add to it is found at what they add it to. */
export function sourceLine(pointer: string): SourceLine {
  lineInCapture ??= lineFinder(readFileSync(join(import.meta.dirname, '..', '..', capture), 'utf8'));
  return { file: capture, line: lineInCapture(pointer) };
}
