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
  /** The counts while rows are under way. */
  readonly soFar: Readonly<Record<OutcomeKind, number>>;
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
  /** Gets every row that was not associated. */
  readonly rejects: OutcomeFile;
  /** Gets every row. */
  readonly results: OutcomeFile;
  /** Is called when the ledger can no longer be written: then the run has to end. */
  readonly onFailure: (message: string) => void;
}

const notInLedger = 'associated, and not in the ledger: the next run sends it again, which changes nothing.';

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
  /** Rows that were created and could not be recorded count as unconfirmed: the next run does not know of them. */
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

/** What a file of rows and the ledger say of an error besides its message. */
interface ErrorFacts {
  /** HubSpot's kind of error, or else this package's own. */
  readonly category: string;
  readonly correlationId: string;
}

/** @param correlationId - Of the requests of the batch, where the error has none of its own. */
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
