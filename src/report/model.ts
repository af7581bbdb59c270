import type { OutcomeKind } from '../bulk/outcome.js';
import type { Allowance } from './records.js';

/** All that a ledger says of its runs: the status, the JSON and the page are made of it. */
export interface RunReport {
  /** `open` where no end is recorded: the run is under way, or it was killed. */
  readonly state: 'finished' | 'stopped' | 'open';
  /** Why it stopped before its rows did, if it did. */
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
  /** How long the runs have worked, without the time between them, in milliseconds. */
  readonly workedMs: number;
  /** Rows of the file; nothing where they were not counted. */
  readonly rows: number | null;
  readonly outcomes: Readonly<Record<OutcomeKind, number>>;
  /** Rows without a recorded outcome: not sent yet, or under way. The outcomes and these add up to the rows. */
  readonly pending: number | null;
  readonly batches: number;
  readonly requests: number;
  /** Rows finished in a second of work. */
  readonly rowsPerSecond: number;
  readonly allowance: Allowance | null;
  /** The most requests that were sent within one window of the allowance. */
  readonly peakRequests: number;
  readonly retries: Retries;
  /** How long at least one request was waiting, for the allowance or for a pause of the API's, in milliseconds. */
  readonly waitedMs: number;
  /** Refusals of the API that name no row. */
  readonly unmatchedErrors: number;
  readonly reasons: readonly Reason[];
  readonly slowest: readonly BatchFacts[];
  readonly runs: readonly RunFacts[];
  readonly resume: Resume;
}

/** Requests that were resent, and after what. Ledgers of earlier versions know nothing of them. */
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
  /** The first few rows, by their lines. */
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
  /** How attempts that were resent had failed. */
  readonly retriedAfter: readonly string[];
  readonly correlationIds: readonly string[];
}

/** One run: a ledger has several where a run goes on with what another has left. */
export interface RunFacts {
  readonly startedAt: string;
  readonly lastAt: string;
  readonly state: RunReport['state'];
  readonly stopped: string | null;
  readonly batches: number;
  readonly requests: number;
  readonly rows: number;
}

/** How to go on. */
export interface Resume {
  /** Nothing where there is nothing left to do. */
  readonly command: string | null;
  readonly advice: string;
}

/** What the plots show. Times are seconds of work, from the beginning; between runs they stand still. */
export interface Timeline {
  readonly stepSeconds: number;
  /** The window in which requests are counted, in seconds. */
  readonly windowSeconds: number;
  /** Over how many seconds the rows a second are a mean. */
  readonly meanSeconds: number;
  /** One for each step: when it ends, the most requests in a window, what the allowance was, and rows a second. */
  readonly at: readonly number[];
  readonly requests: readonly number[];
  readonly limit: readonly (number | null)[];
  readonly rowsPerSecond: readonly number[];
  /** One for each batch: when it had finished, how long it took, and how often it was sent. */
  readonly batchAt: readonly number[];
  readonly batchSeconds: readonly number[];
  readonly batchRequests: readonly number[];
  /** Where a run goes on after another. */
  readonly runsAt: readonly number[];
}
