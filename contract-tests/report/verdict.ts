import type { ContractReport, OtherTest, ReportedItem } from './model.js';

/** The result of a coverage item. */
export type State = 'passed' | 'failed' | 'not exercised';

/** A coverage item fails if any of its observations failed. */
export function stateOf({ observations }: Pick<ReportedItem, 'observations'>): State {
  if (observations.length === 0) return 'not exercised';
  return observations.every(({ passed }) => passed) ? 'passed' : 'failed';
}

/** The result of a run. */
export interface Verdict {
  readonly total: number;
  readonly exercised: number;
  readonly failed: readonly ReportedItem[];
  /** The coverage items that no test exercised; empty for a partial run. */
  readonly missing: readonly ReportedItem[];
  readonly otherFailures: readonly OtherTest[];
  /** Whether nothing failed and, in a complete run, every coverage item was exercised. */
  readonly passed: boolean;
}

/** Judges a run. Only a complete run must cover every item. */
export function verdictOf({ items, complete, otherTests }: ContractReport): Verdict {
  const failed = items.filter((item) => stateOf(item) === 'failed');
  const notExercised = items.filter((item) => stateOf(item) === 'not exercised');
  const otherFailures = otherTests.filter(({ failure }) => failure !== undefined);
  const missing = complete ? notExercised : [];
  const failures = failed.length + missing.length + otherFailures.length;
  return {
    total: items.length,
    exercised: items.length - notExercised.length,
    failed,
    missing,
    otherFailures,
    passed: failures === 0 && (!complete || items.length > 0),
  };
}

/** The result in one line, for the terminal and the page. */
export function summaryOf(report: ContractReport): string {
  const { exercised, total, failed, otherFailures } = verdictOf(report);
  const others =
    otherFailures.length === 1 ? '1 other test failed' : `${String(otherFailures.length)} other tests failed`;
  return [
    `${String(exercised)} of ${String(total)} coverage items exercised`,
    `${String(failed.length)} failed`,
    ...(otherFailures.length === 0 ? [] : [others]),
    ...(report.complete ? [] : ['partial run: coverage is not checked']),
  ].join(', ');
}
