import { readLedger, type RecordAt } from '../ledger/read-ledger.js';
import type { LedgerRecord } from '../ledger/records.js';
import { summarise, type Summary } from '../report/summarise.js';

/**
 * Reads what a ledger says of its runs; of one that is under way, too.
 *
 * @param shown - The path with which a run goes on; nothing for a ledger that is not kept.
 * @throws ConfigurationError for a file that is no ledger, or is damaged.
 */
export function summariseLedger(path: string, shown: string | undefined): Promise<Summary> {
  return summarise(recordsOf(readLedger(path)), shown);
}

async function* recordsOf(records: AsyncIterable<RecordAt>): AsyncGenerator<LedgerRecord, void> {
  for await (const { record } of records) yield record;
}
