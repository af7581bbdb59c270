/**
 * The parts of a ledger's records that a report reads. Members that older ledgers lack are optional. Not
 * imported from `ledger`, since folders of the same layer do not import each other.
 */
export type ReportRecord = BeginEntry | RunEntry | RequestEntry | BatchEntry | EndEntry | TokenEntry;

interface BeginEntry {
  readonly type: 'begin';
  readonly at: string;
  readonly input: { readonly rows?: number };
  readonly parameters: Readonly<Record<string, unknown>>;
}

export interface RunEntry {
  readonly type: 'run';
  readonly at: string;
  readonly file: string;
  readonly arguments: readonly string[];
  readonly allowance: Allowance | null;
}

/** How many requests may be sent in any window of `perMs` milliseconds. */
export interface Allowance {
  readonly requests: number;
  readonly perMs: number;
}

export interface RequestEntry {
  readonly type: 'request';
  readonly at: string;
  readonly batch?: number;
  readonly attempt?: number;
  readonly after?: string;
  readonly waitedMs?: number;
}

export interface BatchEntry {
  readonly type: 'batch';
  readonly number: number;
  readonly startedAt: string;
  readonly finishedAt: string;
  readonly requests: number;
  readonly correlationIds: readonly string[];
  readonly created: readonly (readonly [first: number, last: number])[];
  readonly notCreated: readonly NotCreatedEntry[];
  readonly unmatchedErrors: readonly unknown[];
}

export interface NotCreatedEntry {
  readonly row: number;
  readonly kind: 'failed' | 'invalid' | 'unconfirmed' | 'unsent';
  readonly category?: string;
  readonly reason: string;
}

export interface EndEntry {
  readonly type: 'end';
  readonly at: string;
  readonly counts: Readonly<Record<string, number>>;
  readonly stopped: string | null;
  readonly invalid?: readonly { readonly reason: string; readonly count: number; readonly rows: readonly number[] }[];
}

interface TokenEntry {
  readonly type: 'token';
  readonly at: string;
}
