import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import type { OutcomeKind } from '../bulk/outcome.js';
import { ConfigurationError, messageOf } from '../client/errors.js';
import type { Row } from '../files/row.js';

/** A row that was not associated. */
export interface RejectedRow {
  readonly row: Row;
  readonly kind: OutcomeKind;
  readonly reason: string;
}

/** Writes rows that were not associated, so that the file can be corrected and given again. */
export interface Rejects {
  write(rows: readonly RejectedRow[]): Promise<void>;
  /** Why the file could not be written, if so. */
  close(): Promise<string | undefined>;
}

/** What the file says of a row behind the row's own columns. */
const ownColumns = ['row', 'outcome', 'reason'];

/**
 * @param path - The CSV file, written anew; nothing is written without one.
 * @param onFailure - Is called once when the file can no longer be written.
 * @throws ConfigurationError when the file cannot be opened.
 */
export async function openRejects(
  path: string | undefined,
  columns: readonly string[],
  onFailure: (message: string) => void,
): Promise<Rejects> {
  if (path === undefined) return { write: () => Promise.resolve(), close: () => Promise.resolve(undefined) };
  // A run without rejects starts without the writer of CSV.
  const { stringify } = await import('csv-stringify/sync');
  const output = createWriteStream(path);
  await once(output, 'open').catch((error: unknown) => {
    throw new ConfigurationError('--rejects', messageOf(error));
  });

  // Rejects that are given again keep their columns: what stands of the last time is replaced.
  const again = ownColumns.every((name, index) => {
    const column = columns.at(index - ownColumns.length);
    return column === name || column === `rejected_${name}`;
  });
  const kept = again ? columns.slice(0, -ownColumns.length) : columns;
  const own = ownColumns.map((name) => (kept.includes(name) ? `rejected_${name}` : name));
  let failure: string | undefined;
  output.on('error', (error) => {
    if (failure !== undefined) return;
    failure = `The rejects cannot be written: ${messageOf(error)}`;
    onFailure(failure);
  });
  const write = async (records: readonly (readonly string[])[]): Promise<void> => {
    if (failure !== undefined || output.write(stringify([...records]))) return;
    // A stream that fails emits 'close' rather than 'drain'.
    await new Promise<void>((resolve) => {
      const go = (): void => {
        output.off('drain', go).off('close', go);
        resolve();
      };
      output.on('drain', go).on('close', go);
    });
  };
  await write([[...kept, ...own]]);
  return {
    write: (rows) =>
      write(
        rows.map(({ row, kind, reason }) => [
          ...kept.map((_, index) => row.cells[index] ?? ''),
          ...[String(row.line), kind, reason],
        ]),
      ),
    close: async () => {
      output.end();
      await finished(output).catch(() => undefined);
      return failure;
    },
  };
}
