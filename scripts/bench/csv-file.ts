import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** Writes the pairs of processes/pairs.js as CSV. */
export function writeCsv(path: string, rows: number): Promise<void> {
  return pipeline(Readable.from(lines(rows)), createWriteStream(path));
}

function* lines(rows: number): Generator<string, void> {
  yield 'from_id,to_id\n';
  const block = 1_000;
  for (let first = 0; first < rows; first += block) {
    const length = Math.min(block, rows - first);
    const line = (_: unknown, index: number): string =>
      `${String(100_000_000 + first + index)},${String(1 + ((first + index) % 1_000))}\n`;
    yield Array.from({ length }, line).join('');
  }
}
