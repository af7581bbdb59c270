import { ConfigurationError, isAssociationsError } from '../client/errors.js';
import { readLedger, type RecordAt } from '../ledger/read-ledger.js';
import type { LedgerRecord } from '../ledger/records.js';
import { summarize, type Summary } from '../report/summarize.js';
import { systemReason } from './system-reason.js';

/**
 * Summarizes the runs of a ledger, even while one is in progress.
 *
 * @param shown - The path to resume the run with; `undefined` for a temporary ledger.
 * @throws ConfigurationError for a file that is not a ledger, or is damaged.
 */
export async function summarizeLedger(path: string, shown: string | undefined): Promise<Summary> {
  const summary = await summarize(recordsOf(readLedger(path)), shown).catch((error: unknown) => {
    if (isAssociationsError(error)) throw error;
    throw new ConfigurationError('LEDGER', `${path} cannot be read: ${systemReason(error)}`, { cause: error });
  });
  if (summary !== undefined) return summary;
  throw new ConfigurationError(
    'LEDGER',
    `${path} has no record yet. A run writes its first one before it sends a row.`,
  );
}

async function* recordsOf(records: AsyncIterable<RecordAt>): AsyncGenerator<LedgerRecord, void> {
  for await (const { record } of records) yield record;
}
