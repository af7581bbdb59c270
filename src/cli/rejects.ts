import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { finished } from 'node:stream/promises';
import { stringify } from 'csv-stringify';
import type { RejectedRow } from './row-outcomes.js';

/** Writes rows that were not associated, so that the file can be corrected and given again. */
export interface Rejects {
  write(row: RejectedRow): Promise<void>;
  close(): Promise<void>;
}

/** What the file says of a row beside the row's own columns. */
const ownColumns = ['row', 'outcome', 'reason'];

/**
 * @param path - The CSV file, written anew; nothing is written without one.
 * @throws The system's error when the file cannot be opened.
 */
export async function openRejects(path: string | undefined, columns: readonly string[]): Promise<Rejects> {
  if (path === undefined) return { write: () => Promise.resolve(), close: () => Promise.resolve() };
  const file = createWriteStream(path);
  await once(file, 'open');
  const kept = columns.filter((column) => !ownColumns.includes(column));
  const csv = stringify({ header: true, columns: [...kept, ...ownColumns] });
  csv.pipe(file);
  return {
    write: async ({ row, kind, reason }) => {
      const record = { ...row.cells, row: String(row.line), outcome: kind, reason };
      if (!csv.write(record)) await once(csv, 'drain');
    },
    close: async () => {
      csv.end();
      await finished(file);
    },
  };
}
