import { once } from 'node:events';
import { createWriteStream, type WriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import type { OutcomeKind } from '../bulk/outcome.js';
import { ConfigurationError } from '../client/errors.js';
import { harmlessCell, isFileOfResults, outcomeColumns } from '../files/outcome-columns.js';
import type { Row, RowSource } from '../files/row.js';
import { createCsvWriter } from '../files/write-csv.js';
import { systemReason } from './system-reason.js';

/** A row and its outcome. */
export interface SettledRow {
  readonly row: Row;
  readonly kind: OutcomeKind;
  /** HubSpot's kind of error, or this package's own. */
  readonly category: string;
  readonly message: string;
  /** HubSpot's ids of the requests that contained the row. */
  readonly correlationId: string;
}

/** Writes rows with their outcomes, in the order in which they are settled. */
export interface OutcomeFile {
  readonly isOpen: boolean;
  write(rows: readonly SettledRow[]): Promise<void>;
  /** Why the file could not be written, if so. */
  close(): Promise<string | undefined>;
}

const noFile: OutcomeFile = {
  isOpen: false,
  write: () => Promise.resolve(),
  close: () => Promise.resolve(undefined),
};

/**
 * Opens a CSV file of rows with their outcomes, which can be corrected and passed to `create` again. A cell
 * that a spreadsheet would run as a formula gets a leading apostrophe, which is removed when `create` reads
 * it. The file has the delimiter of the input, and begins with a byte order mark if the input was not plain
 * UTF-8, so a spreadsheet opens both in the same way.
 *
 * @param option - The option that names the file, such as `--rejects`.
 * @param path - The file to write. An existing file is replaced. Without a path, nothing is written.
 * @param onFailure - Called once if the file can no longer be written.
 * @throws ConfigurationError if the file cannot be opened.
 */
export async function openOutcomeFile(
  option: string,
  path: string | undefined,
  source: RowSource,
  onFailure: (message: string) => void,
): Promise<OutcomeFile> {
  if (path === undefined) return noFile;
  const output = createWriteStream(path);
  await once(output, 'open').catch((error: unknown) => {
    throw new ConfigurationError(option, `${path} cannot be written: ${systemReason(error)}`, { cause: error });
  });
  const { columns } = source;
  // If the input is itself a file of results, its outcome columns are replaced.
  const kept = isFileOfResults(columns) ? columns.slice(0, -outcomeColumns.length) : columns;
  const own = outcomeColumns.map((name) => (kept.includes(name) ? `rejected_${name}` : name));
  const writeRecords = createCsvWriter(source.delimiter);
  let failure: string | undefined;
  /** One promise for all batches that wait for the disk. */
  let writable: Promise<void> | undefined;
  output.on('error', (error) => {
    if (failure !== undefined) return;
    failure = `${path} cannot be written: ${systemReason(error)}`;
    onFailure(failure);
  });
  const write = async (text: string): Promise<void> => {
    if (failure !== undefined || output.write(text)) return;
    writable ??= untilWritable(output).finally(() => {
      writable = undefined;
    });
    await writable;
  };
  const mark = source.encoding === 'UTF-8' ? '' : '\ufeff';
  await write(`${mark}${writeRecords([[...kept, ...own]])}`);
  return {
    isOpen: true,
    write: (rows) =>
      rows.length === 0 ? Promise.resolve() : write(writeRecords(rows.map((row) => record(row, kept)))),
    close: async () => {
      output.end();
      await finished(output).catch(() => undefined);
      return failure;
    },
  };
}

/** A stream that fails emits 'close' rather than 'drain'. */
function untilWritable(output: WriteStream): Promise<void> {
  return new Promise((resolve) => {
    const go = (): void => {
      output.off('drain', go).off('close', go);
      resolve();
    };
    output.on('drain', go).on('close', go);
  });
}

function record({ row, kind, category, message, correlationId }: SettledRow, columns: readonly string[]): string[] {
  const cells = columns.map((_, place) => row.cells[place] ?? '');
  return [...cells, String(row.line), kind, category, message, correlationId].map(harmlessCell);
}
