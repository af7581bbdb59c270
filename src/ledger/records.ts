import type { OutcomeKind } from '../bulk/outcome.js';
import type { RowRange } from './row-ranges.js';

/** The subject of a ledger. Another input or other parameters need another ledger. */
export interface LedgerSubject {
  readonly input: {
    /** The SHA-256 of the file, in hexadecimal. */
    readonly sha256: string;
    readonly bytes: number;
    /** The number of rows that are not blank, if they have been counted. */
    readonly rows?: number;
  };
  /** What determines how rows are associated: the API, the object types, the default types. */
  readonly parameters: Readonly<Record<string, unknown>>;
}

/** The first record: the subject of the ledger. */
export interface BeginRecord extends LedgerSubject {
  readonly type: 'begin';
  readonly version: 1;
  readonly at: string;
  /** A hash from which the access token cannot be recovered. */
  readonly tokenFingerprint: string;
}

/** A run starts, or resumes an earlier one. */
export interface RunRecord {
  readonly type: 'run';
  readonly at: string;
  /** The path of the file, as given. */
  readonly file: string;
  /** The arguments of the command, as given. The same command resumes the run. */
  readonly arguments: readonly string[];
  /** How many requests the run may send in any window of `perMs`; `null` if there is no limit. */
  readonly allowance: { readonly requests: number; readonly perMs: number } | null;
}

/** A row that was not created. */
export interface NotCreated {
  /** The line of the file on which the row begins, counted from 1. */
  readonly row: number;
  readonly kind: Exclude<OutcomeKind, 'created'>;
  readonly reason: string;
  /** HubSpot's kind of error, or this package's own. Ledgers of earlier versions have none. */
  readonly category?: string;
  /** HubSpot's id of the request. HubSpot's support asks for it. */
  readonly correlationId?: string;
}

/** A finished batch, with the outcome of every row. */
export interface BatchRecord {
  readonly type: 'batch';
  /** Batches of a run are counted from 1. A resumed run starts again at 1. */
  readonly number: number;
  readonly startedAt: string;
  readonly finishedAt: string;
  readonly requests: number;
  readonly correlationIds: readonly string[];
  readonly created: readonly RowRange[];
  readonly notCreated: readonly NotCreated[];
  /** Refusals of the API that name no row of the batch, as sent. */
  readonly unmatchedErrors: readonly unknown[];
}

/** A run has ended. The counts include rows of earlier runs that it resumed. */
export interface EndRecord {
  readonly type: 'end';
  readonly at: string;
  readonly counts: Readonly<Record<string, number>>;
  /** Why rows were refused before sending, and the first of those rows. They are in no batch. */
  readonly invalid?: readonly { readonly reason: string; readonly count: number; readonly rows: readonly number[] }[];
  /** Why the run stopped early, if it did. */
  readonly stopped: string | null;
}

/** The run is resumed with another token of the same account. */
export interface TokenRecord {
  readonly type: 'token';
  readonly at: string;
  readonly tokenFingerprint: string;
}

/** A request was sent. It tells a resumed run how much of the allowance is used. Written without a flush. */
export interface RequestRecord {
  readonly type: 'request';
  readonly at: string;
  /** The batch that the request belongs to. */
  readonly batch?: number;
  /** The number of the attempt, from 2; absent for the first. */
  readonly attempt?: number;
  /** How the previous attempt ended: an HTTP status, or the code of an error. */
  readonly after?: string;
  /** How long the request waited for the allowance, or for a pause that the API asked for, in milliseconds. */
  readonly waitedMs?: number;
}

/** One line of a ledger. */
export type LedgerRecord = BeginRecord | RunRecord | BatchRecord | EndRecord | TokenRecord | RequestRecord;
