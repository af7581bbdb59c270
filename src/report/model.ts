import type { OutcomeKind } from '../bulk/outcome.js';
import type { Allowance } from './records.js';

/** Everything that a ledger says about its runs. The status, the JSON and the page are made from it. */
export interface RunReport {
  /** `open` if no end is recorded: the run is in progress, or was killed. */
  readonly state: 'finished' | 'stopped' | 'open';
  /** Why the run stopped early, if it did. */
  readonly stopped: string | null;
  readonly file: string | null;
  readonly from: string;
  readonly to: string;
  readonly target: string;
  /** Association types of rows that name none. */
  readonly types: readonly string[];
  readonly startedAt: string;
  /** When the last record was written. */
  readonly lastAt: string;
  /** The total duration of the runs, without the time between them, in milliseconds. */
  readonly workedMs: number;
  /** The number of rows in the file; `null` if they were not counted. */
  readonly rows: number | null;
  readonly outcomes: Readonly<Record<OutcomeKind, number>>;
  /** Rows without a recorded outcome: not sent yet, or in progress. With the outcomes they add up to the rows. */
  readonly pending: number | null;
  readonly batches: number;
  readonly requests: number;
  /** Rows finished per second of work. */
  readonly rowsPerSecond: number;
  readonly allowance: Allowance | null;
  /** The maximum number of requests sent within one window of the allowance. */
  readonly peakRequests: number;
  readonly retries: Retries;
  /**
   * How long at least one request was waiting for the allowance or for a pause that the API asked for, in
   * milliseconds.
   */
  readonly waitedMs: number;
  /** Refusals of the API that name no row. */
  readonly unmatchedErrors: number;
  readonly reasons: readonly Reason[];
  readonly slowest: readonly BatchFacts[];
  readonly runs: readonly RunFacts[];
  readonly resume: Resume;
}

/** Requests that were resent, and after which failures. Ledgers of earlier versions do not record them. */
interface Retries {
  readonly known: boolean;
  readonly count: number;
  readonly after: readonly { readonly cause: string; readonly count: number }[];
}

/** Why rows were not created. */
export interface Reason {
  readonly kind: Exclude<OutcomeKind, 'created'>;
  readonly category: string | null;
  readonly reason: string;
  readonly count: number;
  /** The first few rows, with their lines. */
  readonly examples: readonly { readonly row: number; readonly reason: string }[];
}

/** One batch. */
export interface BatchFacts {
  /** Runs are counted from 1. */
  readonly run: number;
  readonly number: number;
  readonly rows: number;
  readonly requests: number;
  /** From its first request to its outcomes, in milliseconds. */
  readonly tookMs: number;
  /** How the attempts failed that were retried. */
  readonly retriedAfter: readonly string[];
  readonly correlationIds: readonly string[];
}

/** One run. A ledger has several if a run resumes an earlier one. */
export interface RunFacts {
  readonly startedAt: string;
  readonly lastAt: string;
  readonly state: RunReport['state'];
  readonly stopped: string | null;
  readonly batches: number;
  readonly requests: number;
  readonly rows: number;
}

/** How to resume. */
export interface Resume {
  /** `null` if nothing is left to do. */
  readonly command: string | null;
  readonly advice: string;
}

/** The data of the plots. Times are seconds of work from the beginning, without the time between runs. */
export interface Timeline {
  readonly stepSeconds: number;
  /** The window in which requests are counted, in seconds. */
  readonly windowSeconds: number;
  /** The number of seconds over which the rows per second are averaged. */
  readonly meanSeconds: number;
  /** One value per step: its end, the most requests in a window, the allowance, and the rows per second. */
  readonly at: readonly number[];
  readonly requests: readonly number[];
  readonly limit: readonly (number | null)[];
  readonly rowsPerSecond: readonly number[];
  /** One value per batch: when it finished, how long it took, and its number of requests. */
  readonly batchAt: readonly number[];
  readonly batchSeconds: readonly number[];
  readonly batchRequests: readonly number[];
  /** When each resumed run begins. */
  readonly runsAt: readonly number[];
}
