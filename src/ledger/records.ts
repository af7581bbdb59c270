import type { OutcomeKind } from '../bulk/outcome.js';
import type { RowRange } from './row-ranges.js';

/** What a ledger is about. With another input or other parameters it is another ledger. */
export interface LedgerSubject {
  readonly input: {
    /** The SHA-256 of the file, in hexadecimal. */
    readonly sha256: string;
    readonly bytes: number;
    /** Rows that are not blank, where they have been counted. */
    readonly rows?: number;
  };
  /** What decides where a row goes and as what: the API, the object types, the default types. */
  readonly parameters: Readonly<Record<string, unknown>>;
}

/** The first record: what the ledger is about. */
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
  /** The file, as it was named. */
  readonly file: string;
  /** What the run may send in any window of `perMs`; nothing where there is no limit. */
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
  /** HubSpot's id of the request, which its support asks for. */
  readonly correlationId?: string;
}

/** A batch that has finished: every row of it has its outcome here. */
export interface BatchRecord {
  readonly type: 'batch';
  /** Batches of one run are counted from 1; a resumed run begins again. */
  readonly number: number;
  readonly startedAt: string;
  readonly finishedAt: string;
  readonly requests: number;
  readonly correlationIds: readonly string[];
  readonly created: readonly RowRange[];
  readonly notCreated: readonly NotCreated[];
  /** Refusals of the API that name no row of the batch, as it gave them. */
  readonly unmatchedErrors: readonly unknown[];
}

/** A run has ended, and with these counts; it may have gone on from an earlier one. */
export interface EndRecord {
  readonly type: 'end';
  readonly at: string;
  readonly counts: Readonly<Record<string, number>>;
  /** Why rows were refused before sending, which stands in no batch, and the first of those rows. */
  readonly invalid?: readonly { readonly reason: string; readonly count: number; readonly rows: readonly number[] }[];
  /** Why it ended before its rows did, if it did. */
  readonly stopped: string | null;
}

/** The run is resumed with another token of the same account. */
export interface TokenRecord {
  readonly type: 'token';
  readonly at: string;
  readonly tokenFingerprint: string;
}

/** A request was sent, so a resumed run knows what is left of the allowance. Written without a flush. */
export interface RequestRecord {
  readonly type: 'request';
  readonly at: string;
  /** The batch that it is sent for. */
  readonly batch?: number;
  /** Which attempt it is, from the second on. */
  readonly attempt?: number;
  /** How the attempt before ended: an HTTP status, or the code of an error. */
  readonly after?: string;
  /** How long it waited for the allowance, or for a pause that the API had asked for, in milliseconds. */
  readonly waitedMs?: number;
}

/** One line of a ledger. */
export type LedgerRecord = BeginRecord | RunRecord | BatchRecord | EndRecord | TokenRecord | RequestRecord;
