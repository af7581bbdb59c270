import type { Outcome, OutcomeKind } from '../bulk/outcome.js';
import { createStop } from '../bulk/stop.js';
import { createTally, type Counts } from '../bulk/tally.js';
import type { AnyAssociationsError } from '../client/errors.js';
import type { AssociationInput } from '../client/validate.js';
import type { RepeatedPairs } from '../files/repeated-pairs.js';
import type { Row } from '../files/row.js';
import type { Ledger } from '../ledger/ledger.js';
import { createFirstOutcomes } from './first-outcomes.js';
import { createReasons, reasonOf, type ReasonCount } from './reasons.js';

/** A row that was not associated. */
export interface RejectedRow {
  readonly row: Row;
  readonly kind: OutcomeKind;
  readonly reason: string;
}

/** The end of a row. */
export type RowOutcome =
  | { readonly row: Row; readonly kind: 'created' }
  | {
      readonly row: Row;
      readonly kind: Exclude<OutcomeKind, 'created'>;
      readonly error: AnyAssociationsError | string;
    };

/** Follows the rows of a file from their line to their end. */
export interface RowOutcomes {
  /**
   * The inputs of the rows, as a run reads them: those whose outcome is not known yet. Rows that
   * cannot be read get their outcome here.
   */
  inputs(): AsyncGenerator<AssociationInput, void>;
  /** What a run's outcome means for the row of the input. */
  outcomeOf(outcome: Outcome): RowOutcome | undefined;
  /** The row has come to its end. */
  settle(outcome: RowOutcome): Promise<void>;
  /**
   * The run has ended: every row that it did not come to is unsent. Rows that were never read are
   * read now, until the signal says that nobody waits for them.
   */
  end(reason: string, signal: AbortSignal): Promise<void>;
  /** Rows that have been read and repeat the pair of an earlier one. They are settled last. */
  readonly laterRows: number;
  /** Rows whose outcome was known from the ledger when the run began. */
  readonly knownRows: number;
  /** Gives the rows that repeat a pair the outcome of the first, from the rows once more. */
  settleLaterRows(rows: AsyncIterable<Row>): Promise<void>;
  readonly reasons: readonly ReasonCount[];
  /** The counts, checked against the rows read. */
  counts(): Counts;
}

/** What rows are followed with. */
export interface RowOutcomesOptions {
  readonly rows: AsyncIterable<Row>;
  readonly repeated: RepeatedPairs;
  readonly ledger: Pick<Ledger, 'outcomeOf'> | undefined;
  readonly reject: (row: RejectedRow) => Promise<void>;
}

export function createRowOutcomes({ rows, repeated, ledger, reject }: RowOutcomesOptions): RowOutcomes {
  const source = rows[Symbol.asyncIterator]();
  const underWay = new Map<AssociationInput, Row>();
  const tally = createTally();
  const reasons = createReasons();
  const firsts = createFirstOutcomes(repeated);
  let read = 0;
  let laterRows = 0;
  let knownRows = 0;
  let lastLine = 0;
  let ended = false;
  const hasEnded = (): boolean => ended;
  // A run that stops leaves its last read behind; whoever reads next gets that row.
  let reading: Promise<Row | undefined> | undefined;

  const next = (): Promise<Row | undefined> => {
    reading ??= source
      .next()
      .then((result) => (result.done === true ? undefined : result.value))
      .finally(() => {
        reading = undefined;
      });
    return reading;
  };
  const settle = async (outcome: RowOutcome): Promise<void> => {
    const { row, kind } = outcome;
    if (row.input !== undefined) underWay.delete(row.input);
    tally.add(kind);
    firsts.set(row.line, kind);
    if (kind === 'created') return;
    reasons.add(row.line, kind, outcome.error);
    await reject({ row, kind, reason: reasonOf(outcome.error) });
  };
  /** Settles a row that is not to be sent, if it is one; says so by returning nothing. */
  const inputOf = async (row: Row): Promise<AssociationInput | undefined> => {
    read += 1;
    lastLine = row.line;
    if (row.input === undefined) {
      await settle({ row, kind: 'invalid', error: row.error });
      return undefined;
    }
    const repetition = await repeated.at(row.line);
    if (repetition?.kind === 'later') {
      laterRows += 1;
      return undefined;
    }
    const known = ledger?.outcomeOf(row.line);
    if (known !== undefined) {
      knownRows += 1;
      await settle(
        known.kind === 'created' ? { row, kind: known.kind } : { row, kind: known.kind, error: known.reason },
      );
      return undefined;
    }
    return repetition === undefined ? row.input : { ...row.input, types: [...repetition.types] };
  };

  return {
    async *inputs() {
      while (!hasEnded()) {
        const row = await next();
        if (row === undefined || hasEnded()) return;
        const input = await inputOf(row);
        if (input === undefined) continue;
        underWay.set(input, row);
        yield input;
      }
    },
    outcomeOf: (outcome) => {
      const row = underWay.get(outcome.input);
      if (row === undefined) return undefined;
      underWay.delete(outcome.input);
      if (outcome.kind === 'created') return { row, kind: 'created' };
      return { row, kind: outcome.kind, error: outcome.error };
    },
    settle,
    async end(reason, signal) {
      ended = true;
      for (const row of underWay.values()) await settle({ row, kind: 'unsent', error: reason });
      underWay.clear();
      const stop = createStop(signal);
      while (stop.error === undefined) {
        const row = await stop.unlessStopped(next());
        if (row === undefined) return;
        if ((await inputOf(row)) !== undefined) await settle({ row, kind: 'unsent', error: reason });
      }
    },
    get laterRows() {
      return laterRows;
    },
    get knownRows() {
      return knownRows;
    },
    async settleLaterRows(again) {
      for await (const row of again) {
        if (row.line > lastLine) return;
        const repetition = row.input === undefined ? undefined : await repeated.at(row.line);
        if (repetition?.kind !== 'later') continue;
        const kind = firsts.of(repetition.firstLine);
        const error = `it names the same pair as row ${String(repetition.firstLine)}, which has this outcome.`;
        await settle(kind === 'created' ? { row, kind } : { row, kind, error });
      }
    },
    get reasons() {
      return reasons.list();
    },
    counts: () => tally.counts(read),
  };
}
