import { createReadStream } from 'node:fs';
import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readLines } from './lines.js';

/** Lines of text in numbered files, for what is too much to hold in memory at once. */
export interface Partitions {
  add(partition: number, line: string): Promise<void>;
  /** The lines of a partition, in the order in which they were added. */
  read(partition: number): AsyncIterable<string>;
}

/** A partition is written when so many characters of it wait. */
const longestBuffer = 16_384;

/** @param folder - Holds the files, which are removed with it. */
export function createPartitions(folder: string, name: string): Partitions {
  const waiting = new Map<number, { lines: string[]; length: number }>();
  const pathOf = (partition: number): string => join(folder, `${name}-${String(partition)}`);
  const written = new Set<number>();
  return {
    add: async (partition, line) => {
      const buffer = waiting.get(partition) ?? { lines: [], length: 0 };
      waiting.set(partition, buffer);
      buffer.lines.push(`${line}\n`);
      buffer.length += line.length;
      if (buffer.length < longestBuffer) return;
      waiting.delete(partition);
      written.add(partition);
      await appendFile(pathOf(partition), buffer.lines.join(''));
    },
    read: async function* (partition) {
      if (written.has(partition)) yield* readLines(createReadStream(pathOf(partition)));
      for (const line of waiting.get(partition)?.lines ?? []) yield line.slice(0, -1);
    },
  };
}
