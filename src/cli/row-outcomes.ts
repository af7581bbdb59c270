import type { Outcome, OutcomeKind } from '../bulk/outcome.js';
import { createStop } from '../bulk/stop.js';
import { createTally, type Counts } from '../bulk/tally.js';
import { issueText, messageOf, type AnyAssociationsError } from '../client/errors.js';
import type { AssociationInput } from '../client/validate.js';
import type { Row } from '../files/row.js';

/** A reason why rows were not associated, and some of the rows. */
export interface ReasonCount {
  readonly kind: OutcomeKind;
  readonly reason: string;
  count: number;
  /** The first few lines, counted from 1. */
  readonly lines: number[];
}

/** A row that was not associated. */
export interface RejectedRow {
  readonly row: Row;
  readonly kind: OutcomeKind;
  readonly reason: string;
}

/** Follows the rows of a file from their line to their end. */
export interface RowOutcomes {
  /** The inputs of the rows, as a run reads them; rows that cannot be read get their outcome here. */
  inputs(): AsyncGenerator<AssociationInput, void>;
  /** A run has finished an input. */
  finish(outcome: Outcome): Promise<void>;
  /**
   * The run has ended: every row that it did not come to is unsent. Rows that were never read are
   * read now, until the signal says that nobody waits for them.
   */
  end(reason: string, signal: AbortSignal): Promise<void>;
  readonly reasons: readonly ReasonCount[];
  /** The counts, checked against the rows read. */
  counts(): Counts;
}

const longestReasonList = 50;
const linesOfReason = 5;

export function createRowOutcomes(rows: AsyncIterable<Row>, reject: (row: RejectedRow) => Promise<void>): RowOutcomes {
  const source = rows[Symbol.asyncIterator]();
  const underWay = new Map<AssociationInput, Row>();
  const tally = createTally();
  const reasons = new Map<string, ReasonCount>();
  let read = 0;
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
  const refuse = async (row: Row, kind: OutcomeKind, error: AnyAssociationsError | string): Promise<void> => {
    tally.add(kind);
    const reason = typeof error === 'string' ? error : reasonOf(error);
    const key = groupOf(kind, error, reasons.size);
    const isOther = key === otherReasons(kind);
    const group = reasons.get(key) ?? { kind, reason: isOther ? 'other reasons' : reason, count: 0, lines: [] };
    reasons.set(key, group);
    group.count += 1;
    if (group.lines.length < linesOfReason) group.lines.push(row.line);
    await reject({ row, kind, reason });
  };

  return {
    async *inputs() {
      while (!hasEnded()) {
        const row = await next();
        if (row === undefined || hasEnded()) return;
        read += 1;
        if (row.input === undefined) {
          await refuse(row, 'invalid', row.error);
          continue;
        }
        underWay.set(row.input, row);
        yield row.input;
      }
    },
    async finish(outcome) {
      const row = underWay.get(outcome.input);
      if (row === undefined) return;
      underWay.delete(outcome.input);
      if (outcome.kind === 'created') tally.add('created');
      else await refuse(row, outcome.kind, outcome.error);
    },
    async end(reason, signal) {
      ended = true;
      for (const row of underWay.values()) await refuse(row, 'unsent', reason);
      underWay.clear();
      const stop = createStop(signal);
      while (stop.error === undefined) {
        const row = await stop.unlessStopped(next());
        if (row === undefined) return;
        read += 1;
        if (row.input === undefined) await refuse(row, 'invalid', row.error);
        else await refuse(row, 'unsent', reason);
      }
    },
    get reasons() {
      return [...reasons.values()].sort((a, b) => b.count - a.count);
    },
    counts: () => tally.counts(read),
  };
}

/** The reason without the row number, which stands beside it. */
function reasonOf(error: AnyAssociationsError): string {
  if (error.code !== 'INPUT') return messageOf(error);
  return error.issues.map(issueText).join(' ');
}

/** Reasons that differ only in the ids they name are counted as one. */
function groupOf(kind: OutcomeKind, error: AnyAssociationsError | string, known: number): string {
  if (known >= longestReasonList) return otherReasons(kind);
  if (typeof error === 'string') return `${kind} ${error}`;
  if (error.code === 'API') {
    const kinds = [error, ...(error.errors ?? [])].map(({ category, subCategory }) =>
      JSON.stringify([category, subCategory]),
    );
    return `${kind} ${String(error.status)} ${[...new Set(kinds)].sort().join(' ')}`;
  }
  return `${kind} ${reasonOf(error).replaceAll(/"[^"]*"|\d[\w.+]*/g, '…')}`;
}

function otherReasons(kind: OutcomeKind): string {
  return `${kind} other`;
}
