import type { NotCreated, OutcomeKind, SettledBatch } from '../bulk/outcome.js';
import { createTally, type Counts } from '../bulk/tally.js';
import { messageOf, type AnyAssociationsError, type InputError } from '../client/errors.js';
import type { InputRow, Row } from '../files/row.js';
import type { KnownOutcome } from '../ledger/known-rows.js';
import type { Ledger } from '../ledger/ledger.js';
import type { BatchRecord } from '../ledger/records.js';
import { rangesOf } from '../ledger/row-ranges.js';
import { categoryOf, createReasons, reasonOf, type ReasonCount } from './reasons.js';
import type { RejectedRow, Rejects } from './rejects.js';

/** Where every row of a file comes to its outcome: counted, and written down where it is not created. */
export interface RowSettlement {
  /** One more row has been read. */
  read(): void;
  invalid(row: Row, error: InputError): void;
  /** So many rows were read, and are not sent. */
  unsent(rows: number): void;
  /** The outcome stands in the ledger. */
  known(row: Row, outcome: KnownOutcome): void;
  /** Writes down what has been settled one by one. */
  flush(): Promise<void>;
  /** Settles a batch: the ledger has it before it counts. */
  batch(batch: SettledBatch<InputRow>): Promise<void>;
  readonly rowsRead: number;
  /** Rows that were read, and stand in no list of what was not associated. */
  readonly unlistedRows: number;
  readonly knownRows: number;
  readonly mergedRows: number;
  readonly unmatchedErrors: number;
  readonly reasons: readonly ReasonCount[];
  /**
   * The counts, checked against the rows read.
   *
   * @param unread - Rows that the file has besides: they were not sent either.
   */
  counts(unread: number): Counts;
}

/** What rows are settled with. */
export interface RowSettlementOptions {
  readonly ledger: Ledger | undefined;
  readonly rejects: Rejects;
  /** Is called when the ledger can no longer be written: then the run has to end. */
  readonly onFailure: (message: string) => void;
}

const notInLedger = 'associated, and not in the ledger: the next run sends it again, which changes nothing.';

export function createRowSettlement({ ledger, rejects, onFailure }: RowSettlementOptions): RowSettlement {
  const tally = createTally();
  const reasons = createReasons();
  let rejected: RejectedRow[] = [];
  let rowsRead = 0;
  let unlistedRows = 0;
  let knownRows = 0;
  let mergedRows = 0;
  let unmatchedErrors = 0;

  const settle = (row: Row, kind: OutcomeKind, error: AnyAssociationsError | string): void => {
    tally.add(kind);
    reasons.add(row.line, kind, error);
    rejected.push({ row, kind, reason: reasonOf(error) });
  };
  const flush = async (): Promise<void> => {
    const rows = rejected;
    rejected = [];
    if (rows.length > 0) await rejects.write(rows);
  };
  /** Rows that were created and could not be recorded count as unconfirmed: the next run does not know of them. */
  const recorded = async (batch: SettledBatch<InputRow>): Promise<boolean> => {
    if (ledger === undefined || batch.requests === 0) return true;
    try {
      await ledger.append(recordOf(batch));
      return true;
    } catch (error) {
      onFailure(`The ledger cannot be written: ${messageOf(error)}. Make room, and give the same command again.`);
      return false;
    }
  };

  return {
    read: () => {
      rowsRead += 1;
    },
    invalid: (row, error) => {
      settle(row, 'invalid', error);
    },
    unsent: (rows) => {
      tally.add('unsent', rows);
      unlistedRows += rows;
    },
    known: (row, outcome) => {
      knownRows += 1;
      if (outcome.kind === 'created') tally.add('created');
      else settle(row, outcome.kind, outcome.reason);
    },
    flush,
    batch: async (batch) => {
      const isRecorded = await recorded(batch);
      mergedRows += batch.merged;
      unmatchedErrors += batch.unmatchedErrors.length;
      if (isRecorded) tally.add('created', batch.items.length - batch.notCreated.size);
      if (isRecorded && batch.notCreated.size === 0) return;
      for (const [at, row] of batch.items.entries()) {
        const verdict = batch.notCreated.get(at);
        if (verdict !== undefined) settle(row, verdict.kind, verdict.error);
        else if (!isRecorded) settle(row, 'unconfirmed', notInLedger);
      }
      await flush();
    },
    get rowsRead() {
      return rowsRead;
    },
    get unlistedRows() {
      return unlistedRows;
    },
    get knownRows() {
      return knownRows;
    },
    get mergedRows() {
      return mergedRows;
    },
    get unmatchedErrors() {
      return unmatchedErrors;
    },
    get reasons() {
      return reasons.list();
    },
    counts: (unread) => {
      tally.add('unsent', unread);
      return tally.counts(rowsRead + unread);
    },
  };
}

function recordOf(batch: SettledBatch<InputRow>): BatchRecord {
  const { number, items, notCreated, requests, correlationIds, unmatchedErrors, startedAt, finishedAt } = batch;
  const refusalOf = ({ line }: Row, { kind, error }: NotCreated): BatchRecord['notCreated'][number] => {
    return { row: line, kind, category: categoryOf(error), reason: reasonOf(error) };
  };
  return {
    type: 'batch',
    number,
    startedAt: startedAt.toISOString(),
    finishedAt: finishedAt.toISOString(),
    requests,
    correlationIds,
    created: rangesOf(items.filter((_, at) => !notCreated.has(at)).map(({ line }) => line)),
    notCreated: [...notCreated].flatMap(([at, verdict]) => {
      const row = items[at];
      return row === undefined ? [] : [refusalOf(row, verdict)];
    }),
    unmatchedErrors: firstOf(unmatchedErrors),
  };
}

/** Far less than the longest line that is read of a ledger, in characters. */
const longestErrors = 1_000_000;

/** The first errors, as many as a record has room for. */
function firstOf<E>(errors: readonly E[]): E[] {
  let length = 0;
  return errors.filter((error) => {
    length += JSON.stringify(error).length;
    return length <= longestErrors;
  });
}
