export type { KnownOutcome } from './known-rows.js';
export { openLedger, type Ledger, type OpenLedgerOptions } from './ledger.js';
export { readLedger, type RecordAt } from './read-ledger.js';
export type {
  BatchRecord,
  BeginRecord,
  EndRecord,
  LedgerRecord,
  LedgerSubject,
  NotCreated,
  RequestRecord,
  RunRecord,
  TokenRecord,
} from './records.js';
export { rangesOf, type RowRange } from './row-ranges.js';
