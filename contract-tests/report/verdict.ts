import type { ContractReport, ReportedCell } from './model.js';

/** How a cell came out of a run. */
export type State = 'passed' | 'failed' | 'not exercised';

/** One observation that failed makes the cell fail, whatever the others found. */
export function stateOf({ observations }: Pick<ReportedCell, 'observations'>): State {
  if (observations.length === 0) return 'not exercised';
  return observations.every(({ passed }) => passed) ? 'passed' : 'failed';
}

/** What a run comes to. */
export interface Verdict {
  readonly total: number;
  readonly exercised: number;
  readonly failed: readonly ReportedCell[];
  readonly notExercised: readonly ReportedCell[];
  /** Whether every cell was exercised, where the whole suite was run, and nothing failed. */
  readonly passed: boolean;
}

/** Judges a run. A part of the suite is not blamed for what only the whole of it exercises. */
export function verdictOf({ cells, complete, otherFailures }: ContractReport): Verdict {
  const failed = cells.filter((cell) => stateOf(cell) === 'failed');
  const notExercised = cells.filter((cell) => stateOf(cell) === 'not exercised');
  const covered = !complete || (notExercised.length === 0 && cells.length > 0);
  return {
    total: cells.length,
    exercised: cells.length - notExercised.length,
    failed,
    notExercised,
    passed: covered && failed.length === 0 && otherFailures.length === 0,
  };
}
