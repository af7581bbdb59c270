import { openRows } from '../files/open-rows.js';
import type { ColumnName, RowOptions, RowSource } from '../files/row.js';
import { canBeReadTwice, scanFile, type Scan } from '../files/scan-file.js';
import type { CreateArguments } from './create-options.js';
import type { Interrupt } from './interrupt.js';
import type { LiveView } from './live-view.js';

/** Scans the file and does the work; without a scan if the file can be read only once. */
export async function withScan<T>(
  given: CreateArguments,
  { ending }: Interrupt,
  view: LiveView,
  work: (scan: Scan | undefined) => Promise<T>,
): Promise<T> {
  // With a ledger, a source that can be read only once is copied and scanned; otherwise it is streamed.
  const isScanned = given.ledger !== undefined || (await canBeReadTwice(given.file));
  const scan = isScanned ? await scanFile(given.file, rowOptions(given), ending, view.scanned) : undefined;
  try {
    return await work(scan);
  } finally {
    await scan?.close();
  }
}

/** Opens the rows of the file, from the scan if there is one. */
export function openInput(given: CreateArguments, { ending }: Interrupt, scan: Scan | undefined): Promise<RowSource> {
  return scan?.open() ?? openRows(given.file, { ...rowOptions(given), signal: ending });
}

/** The columns that the caller has named, by their default names. */
export function columnsOf(given: CreateArguments): Readonly<Partial<Record<ColumnName, string>>> | undefined {
  const { fromColumn, toColumn, categoryColumn, typeIdColumn } = given;
  const columns = { from_id: fromColumn, to_id: toColumn, category: categoryColumn, type_id: typeIdColumn };
  const named = Object.entries(columns).filter((column): column is [ColumnName, string] => column[1] !== undefined);
  return named.length === 0 ? undefined : Object.fromEntries(named);
}

function rowOptions(given: CreateArguments): RowOptions {
  const columns = columnsOf(given);
  return {
    defaultTypes: given.types,
    objectTypes: { from: given.from, to: given.to },
    ...(columns === undefined ? {} : { columns }),
  };
}
