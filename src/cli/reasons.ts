import type { OutcomeKind } from '../bulk/outcome.js';
import { issueText, messageOf, type AnyAssociationsError } from '../client/errors.js';

/** A reason why rows were not associated, with the first of those rows. */
export interface ReasonCount {
  readonly kind: OutcomeKind;
  readonly reason: string;
  count: number;
  /** The lines of the first few rows, in order, counted from 1. */
  readonly lines: number[];
}

/** Counts the reasons why rows were not associated. */
export interface Reasons {
  add(line: number, kind: OutcomeKind, error: AnyAssociationsError | string): void;
  /** The most frequent first. */
  list(): ReasonCount[];
}

const longestList = 50;
const linesOfReason = 5;

export function createReasons(): Reasons {
  const groups = new Map<string, ReasonCount>();
  return {
    add: (line, kind, error) => {
      const key = groups.size < longestList ? groupOf(kind, error) : otherReasons(kind);
      const reason = key === otherReasons(kind) ? 'other reasons' : reasonOf(error);
      const group = groups.get(key) ?? { kind, reason, count: 0, lines: [] };
      groups.set(key, group);
      group.count += 1;
      // Batches finish in any order.
      const place = group.lines.findLastIndex((other) => other < line) + 1;
      if (place < linesOfReason) group.lines.splice(place, 0, line);
      group.lines.length = Math.min(group.lines.length, linesOfReason);
    },
    list: () => [...groups.values()].sort((a, b) => b.count - a.count),
  };
}

/** The reason without the row number, which is shown separately. */
export function reasonOf(error: AnyAssociationsError | string): string {
  if (typeof error === 'string') return error;
  return error.code === 'INPUT' ? error.issues.map(issueText).join(' ') : messageOf(error);
}

/** The kind of failure: the API's category if it sent one, or else the status, or else the code of the error. */
export function categoryOf(error: AnyAssociationsError): string {
  return error.code === 'API' ? (error.category ?? `HTTP_${String(error.status)}`) : error.code;
}

/** Reasons that differ only in the ids they name are counted as one. */
function groupOf(kind: OutcomeKind, error: AnyAssociationsError | string): string {
  if (typeof error !== 'string' && error.code === 'API') {
    const kinds = [error, ...(error.errors ?? [])].map(({ category, subCategory }) =>
      JSON.stringify([category, subCategory]),
    );
    return `${kind} ${String(error.status)} ${[...new Set(kinds)].sort().join(' ')}`;
  }
  return `${kind} ${reasonOf(error).replaceAll(/"[^"]*"|\d[\w.+-]*/g, '…')}`;
}

function otherReasons(kind: OutcomeKind): string {
  return `${kind} other`;
}
