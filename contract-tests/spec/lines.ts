import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isMap, isNode, isScalar, LineCounter, parseDocument } from 'yaml';
import { stepsOf } from './document.js';

/** Says on which line of a YAML or JSON text the place of a pointer begins, or else the nearest place above it. */
export function lineFinder(text: string): (pointer: string) => number {
  const lineCounter = new LineCounter();
  const parsed = parseDocument(text, { lineCounter });
  const offsetOf = (steps: readonly string[]): number | undefined => {
    const parent: unknown = steps.length === 0 ? undefined : parsed.getIn(steps.slice(0, -1), true);
    const key: unknown = isMap(parent)
      ? parent.items.find((pair) => isScalar(pair.key) && String(pair.key.value) === steps.at(-1))?.key
      : parsed.getIn(steps, true);
    return isNode(key) ? key.range?.[0] : undefined;
  };
  return (pointer) => {
    const steps = stepsOf(pointer);
    while (steps.length > 0 && offsetOf(steps) === undefined) steps.pop();
    return lineCounter.linePos(offsetOf(steps) ?? 0).line;
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
