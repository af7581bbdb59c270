import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { stringify } from 'csv-stringify';
import { ConfigurationError, messageOf } from '../client/errors.js';
import type { RejectedRow } from './row-outcomes.js';

/** Writes rows that were not associated, so that the file can be corrected and given again. */
export interface Rejects {
  write(row: RejectedRow): Promise<void>;
  /** Why the file could not be written, if so. */
  close(): Promise<string | undefined>;
}

/** What the file says of a row behind the row's own columns. */
const ownColumns = ['row', 'outcome', 'reason'];

/**
 * @param path - The CSV file, written anew; nothing is written without one.
 * @param file - The file that is read, which must not be the same.
 * @param onFailure - Is told once when the file can no longer be written.
 * @throws ConfigurationError when the file cannot be opened, or is the one that is read.
 */
export async function openRejects(
  path: string | undefined,
  file: string,
  columns: readonly string[],
  onFailure: (message: string) => void,
): Promise<Rejects> {
  if (path === undefined) return { write: () => Promise.resolve(), close: () => Promise.resolve(undefined) };
  if (await isSameFile(path, file)) {
    throw new ConfigurationError('--rejects', `${path} is the file that is read. Name another.`);
  }
  const output = createWriteStream(path);
  await once(output, 'open').catch((error: unknown) => {
    throw new ConfigurationError('--rejects', messageOf(error));
  });

  // Rejects that are given again keep their columns: what stands of the last time is replaced.
  const again = ownColumns.every((name, index) => columns.at(index - ownColumns.length) === name);
  const kept = again ? columns.slice(0, -ownColumns.length) : columns;
  const own = ownColumns.map((name) => (kept.includes(name) ? `rejected_${name}` : name));
  const csv = stringify();
  let failure: string | undefined;
  const written = pipeline(csv, output).catch((error: unknown) => {
    failure = `The rejects cannot be written: ${messageOf(error)}`;
    onFailure(failure);
  });
  const writeRecord = async (record: readonly string[]): Promise<void> => {
    if (failure !== undefined || csv.write(record)) return;
    await Promise.race([once(csv, 'drain'), written]);
  };
  await writeRecord([...kept, ...own]);
  return {
    write: ({ row, kind, reason }) => {
      const cells = kept.map((_, index) => row.cells[index] ?? '');
      return writeRecord([...cells, String(row.line), kind, reason]);
    },
    close: async () => {
      if (failure === undefined) csv.end();
      await written;
      return failure;
    },
  };
}

async function isSameFile(path: string, other: string): Promise<boolean> {
  const [one, two] = await Promise.all([path, other].map((name) => stat(name).catch(() => undefined)));
  return one !== undefined && one.dev === two?.dev && one.ino === two.ino;
}
