import type { OutcomeKind } from '../bulk/outcome.js';
import { isJsonObject } from '../client/json.js';
import type { RowRange } from './row-ranges.js';

/** What a ledger is about. With another input or other parameters it is another ledger. */
export interface LedgerSubject {
  readonly input: {
    /** The SHA-256 of the file, in hexadecimal. */
    readonly sha256: string;
    readonly bytes: number;
  };
  /** What decides where a row goes and as what: the API, the object types, the default types. */
  readonly parameters: Readonly<Record<string, unknown>>;
}

/** The first record: what the ledger is about. */
export interface BeginRecord extends LedgerSubject {
  readonly type: 'begin';
  readonly version: 1;
  readonly at: string;
  /** A hash from which the access token cannot be had. */
  readonly tokenFingerprint: string;
}

/** A row that was not created. */
export interface NotCreated {
  /** The line of the file on which the row begins, counted from 1. */
  readonly row: number;
  readonly kind: Exclude<OutcomeKind, 'created'>;
  readonly reason: string;
}

/** A batch that has finished: every row of it has its outcome here. */
export interface BatchRecord {
  readonly type: 'batch';
  /** Batches of one run are counted from 1; a run that goes on begins anew. */
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
  /** Why it ended before its rows did, if it did. */
  readonly stopped: string | null;
}

/** The run goes on with another token of the same account. */
export interface TokenRecord {
  readonly type: 'token';
  readonly at: string;
  readonly tokenFingerprint: string;
}

/** One line of a ledger. */
export type LedgerRecord = BeginRecord | BatchRecord | EndRecord | TokenRecord;

/** Reads a line; nothing where it is no record of this version. */
export function parseRecord(line: string): LedgerRecord | undefined {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return undefined;
  }
  return isRecord(value) ? value : undefined;
}

function isRecord(value: unknown): value is LedgerRecord {
  if (!isJsonObject(value)) return false;
  switch (value['type']) {
    case 'begin':
      return value['version'] === 1 && isJsonObject(value['input']) && isJsonObject(value['parameters']);
    case 'batch':
      return isList(value['created'], isRange) && isList(value['notCreated'], isNotCreated);
    case 'end':
      return isJsonObject(value['counts']);
    case 'token':
      return typeof value['tokenFingerprint'] === 'string';
    default:
      return false;
  }
}

function isList(value: unknown, isItem: (item: unknown) => boolean): boolean {
  return Array.isArray(value) && value.every(isItem);
}

function isRange(value: unknown): boolean {
  return isList(value, isRow) && Array.isArray(value) && value.length === 2;
}

function isNotCreated(value: unknown): boolean {
  return (
    isJsonObject(value) &&
    isRow(value['row']) &&
    typeof value['kind'] === 'string' &&
    typeof value['reason'] === 'string'
  );
}

function isRow(value: unknown): boolean {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}
