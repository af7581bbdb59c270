import type { NotCreated, OutcomeKind, SettledBatch } from '../bulk/outcome.js';
import { createTally, type Counts } from '../bulk/tally.js';
import { messageOf, type AnyAssociationsError, type InputError } from '../client/errors.js';
import { stringMember } from '../client/json.js';
import type { InputRow, Row } from '../files/row.js';
import type { KnownOutcome } from '../ledger/known-rows.js';
import type { Ledger } from '../ledger/ledger.js';
import type { BatchRecord } from '../ledger/records.js';
import { rangesOf } from '../ledger/row-ranges.js';
import { categoryOf, createReasons, reasonOf, type ReasonCount } from './reasons.js';
import type { OutcomeFile, SettledRow } from './outcome-file.js';

/** Gives every row of a file its outcome: counts it, and writes it to the ledger and the output files. */
export interface RowSettlement {
  /** Counts one more row as read. */
  read(): void;
  invalid(row: Row, error: InputError): void;
  /** Settles rows that were read but are not sent. */
  unsent(rows: number): void;
  /** Settles a row whose outcome is in the ledger. */
  known(row: Row, outcome: KnownOutcome): void;
  /** Writes rows to the output files that were settled one by one. */
  flush(): Promise<void>;
  /** The counts while the run is in progress. */
  readonly soFar: Readonly<Record<OutcomeKind, number>>;
  /** Settles a batch, which is recorded in the ledger before it counts. */
  batch(batch: SettledBatch<InputRow>): Promise<void>;
  readonly rowsRead: number;
  /** The number of rows that were read, but are not in the list of reasons. */
  readonly unlistedRows: number;
  readonly knownRows: number;
  readonly mergedRows: number;
  readonly unmatchedErrors: number;
  readonly reasons: readonly ReasonCount[];
  /**
   * The counts, checked against the rows read.
   *
   * @param unread - The number of further rows in the file, which were not sent either.
   */
  counts(unread: number): Counts;
}

export interface RowSettlementOptions {
  readonly ledger: Ledger | undefined;
  /** Receives every row that was not associated. */
  readonly rejects: OutcomeFile;
  /** Receives every row. */
  readonly results: OutcomeFile;
  /** Called if the ledger can no longer be written, to end the run. */
  readonly onFailure: (message: string) => void;
}

const notInLedger = 'associated, but not recorded in the ledger: the next run resends it, which changes nothing.';

export function createRowSettlement({ ledger, rejects, results, onFailure }: RowSettlementOptions): RowSettlement {
  const tally = createTally();
  const reasons = createReasons();
  let settled: SettledRow[] = [];
  let rowsRead = 0;
  let unlistedRows = 0;
  let knownRows = 0;
  let mergedRows = 0;
  let unmatchedErrors = 0;

  const settle = (row: Row, kind: NotCreatedKind, error: AnyAssociationsError | string, facts: ErrorFacts): void => {
    tally.add(kind);
    reasons.add(row.line, kind, error);
    settled.push({ row, kind, message: reasonOf(error), ...facts });
  };
  const create = (row: Row, correlationId: string): void => {
    if (results.isOpen) settled.push({ row, kind: 'created', category: '', message: '', correlationId });
  };
  const flush = async (): Promise<void> => {
    const rows = settled;
    settled = [];
    if (rows.length === 0) return;
    await results.write(rows);
    if (rejects.isOpen) await rejects.write(rows.filter(({ kind }) => kind !== 'created'));
  };
  /**
   * Returns whether a batch is recorded. If not, its created rows count as unconfirmed, since the next run
   * resends them.
   */
  const recorded = async (batch: SettledBatch<InputRow>): Promise<boolean> => {
    if (ledger === undefined || batch.requests === 0) return true;
    try {
      await ledger.append(recordOf(batch));
      return true;
    } catch (error) {
      onFailure(`The ledger cannot be written: ${messageOf(error)}. Free some space, and run the same command again.`);
      return false;
    }
  };

  return {
    read: () => {
      rowsRead += 1;
    },
    invalid: (row, error) => {
      settle(row, 'invalid', error, factsOf(error, ''));
    },
    unsent: (rows) => {
      tally.add('unsent', rows);
      unlistedRows += rows;
    },
    known: (row, outcome) => {
      knownRows += 1;
      if (outcome.kind === 'created') {
        tally.add('created');
        create(row, '');
      } else {
        const category = stringMember(outcome, 'category') ?? '';
        const correlationId = stringMember(outcome, 'correlationId') ?? '';
        settle(row, outcome.kind, outcome.reason, { category, correlationId });
      }
    },
    flush,
    batch: async (batch) => {
      const isRecorded = await recorded(batch);
      mergedRows += batch.merged;
      unmatchedErrors += batch.unmatchedErrors.length;
      const correlationId = batch.correlationIds.join(' ');
      if (isRecorded) tally.add('created', batch.items.length - batch.notCreated.size);
      if (isRecorded && batch.notCreated.size === 0 && !results.isOpen) return;
      for (const [at, row] of batch.items.entries()) {
        const verdict = batch.notCreated.get(at);
        if (verdict !== undefined) settle(row, verdict.kind, verdict.error, factsOf(verdict.error, correlationId));
        else if (isRecorded) create(row, correlationId);
        else settle(row, 'unconfirmed', notInLedger, { category: 'LEDGER', correlationId });
      }
      await flush();
    },
    soFar: tally.soFar,
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

type NotCreatedKind = Exclude<OutcomeKind, 'created'>;

/** The facts about an error that output files and the ledger contain, besides its message. */
interface ErrorFacts {
  /** HubSpot's kind of error, or else this package's own. */
  readonly category: string;
  readonly correlationId: string;
}

/** @param correlationId - The ids of the batch's requests, for an error without its own. */
function factsOf(error: AnyAssociationsError, correlationId: string): ErrorFacts {
  const own = error.code === 'API' ? error.correlationId : undefined;
  return { category: categoryOf(error), correlationId: own ?? correlationId };
}

function recordOf(batch: SettledBatch<InputRow>): BatchRecord {
  const { number, items, notCreated, requests, correlationIds, unmatchedErrors, startedAt, finishedAt } = batch;
  const outcome = ({ kind, error }: NotCreated, row: number): BatchRecord['notCreated'][number] => ({
    ...{ row, kind, reason: reasonOf(error), ...factsOf(error, correlationIds.join(' ')) },
  });
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
      return row === undefined ? [] : [outcome(verdict, row.line)];
    }),
    unmatchedErrors: firstOf(unmatchedErrors),
  };
}

/** In characters; far less than the maximum length of a ledger's line. */
const longestErrors = 1_000_000;

/** The first errors, as many as fit in a record. */
function firstOf<E>(errors: readonly E[]): E[] {
  let length = 0;
  return errors.filter((error) => {
    length += JSON.stringify(error).length;
    return length <= longestErrors;
  });
}
