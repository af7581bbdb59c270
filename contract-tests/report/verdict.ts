import type { ContractReport, ReportedItem } from './model.js';

/** How a coverage item came out of a run. */
export type State = 'passed' | 'failed' | 'not exercised';

/** One observation that failed makes the coverage item fail, whatever the others found. */
export function stateOf({ observations }: Pick<ReportedItem, 'observations'>): State {
  if (observations.length === 0) return 'not exercised';
  return observations.every(({ passed }) => passed) ? 'passed' : 'failed';
}

/** What a run comes to. */
export interface Verdict {
  readonly total: number;
  readonly exercised: number;
  readonly failed: readonly ReportedItem[];
  readonly notExercised: readonly ReportedItem[];
  /** Whether every coverage item was exercised, where the whole suite was run, and nothing failed. */
  readonly passed: boolean;
}

/** Judges a run. A part of the suite is not blamed for what only the whole of it exercises. */
export function verdictOf({ items, complete, otherFailures }: ContractReport): Verdict {
  const failed = items.filter((item) => stateOf(item) === 'failed');
  const notExercised = items.filter((item) => stateOf(item) === 'not exercised');
  const covered = !complete || (notExercised.length === 0 && items.length > 0);
  return {
    total: items.length,
    exercised: items.length - notExercised.length,
    failed,
    notExercised,
    passed: covered && failed.length === 0 && otherFailures.length === 0,
  };
}
