import { writeFile } from 'node:fs/promises';
import { readLedger, type RecordAt } from '../ledger/read-ledger.js';
import type { LedgerRecord } from '../ledger/records.js';
import { pageOf } from '../report/page/page.js';
import { summarise, type Summary } from '../report/summarise.js';

/**
 * Reads what a ledger says of its runs; of one that is under way, too.
 *
 * @throws ConfigurationError for a file that is no ledger, or is damaged.
 */
export function summariseLedger(path: string): Promise<Summary> {
  return summarise(recordsOf(readLedger(path)), path);
}

/** Writes the page of a ledger's runs. */
export async function writeReport(summary: Summary, path: string): Promise<void> {
  await writeFile(path, pageOf(summary));
}

async function* recordsOf(records: AsyncIterable<RecordAt>): AsyncGenerator<LedgerRecord, void> {
  for await (const { record } of records) yield record;
}
