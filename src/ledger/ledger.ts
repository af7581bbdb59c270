import { createHash } from 'node:crypto';
import { open, readFile, stat, type FileHandle } from 'node:fs/promises';
import { isDeepStrictEqual } from 'node:util';
import { ConfigurationError, messageOf } from '../client/errors.js';
import { takeLock, type Lock } from './lock.js';
import { readLedger } from './read-ledger.js';
import type { BatchRecord, BeginRecord, EndRecord, LedgerRecord, LedgerSubject, NotCreated } from './records.js';
import { createRowSet, type RowSet } from './row-ranges.js';

/** What a ledger knows of a row. */
export type KnownOutcome = { readonly kind: 'created' } | NotCreated;

/**
 * The memory of a run: what became of each row, on disk before it counts. Given again, it says which
 * rows need not be sent any more.
 */
export interface Ledger {
  /**
   * The outcome of a row, in this run or an earlier one. Nothing for a row that is to be sent: one
   * of which nothing is known, or that was left unsent or unconfirmed.
   */
  outcomeOf(row: number): KnownOutcome | undefined;
  /** Settles when the record is on disk. Rejects when it cannot be written; then nothing more is. */
  append(record: BatchRecord | EndRecord): Promise<void>;
  close(): Promise<void>;
}

/** What a ledger is opened for. */
export interface OpenLedgerOptions extends LedgerSubject {
  readonly accessToken: string;
  /** Whether another token than that of the ledger is one of the same account, which has been renewed. */
  readonly renewedToken?: boolean | undefined;
}

/**
 * Opens a ledger, or begins one.
 *
 * @param path - NDJSON, one record a line.
 * @throws ConfigurationError when it is about another input, other parameters or another token, when
 *   another process uses it, or when it cannot be written.
 */
export async function openLedger(path: string, options: OpenLedgerOptions): Promise<Ledger> {
  const lock = await takeLock(path).catch((error: unknown) => {
    throw asConfigurationError(error);
  });
  let file: FileHandle | undefined;
  try {
    const known = createKnownRows();
    const { begin, end, isTorn, tokenFingerprint } = await readKnown(path, known);
    file = await open(path, begin === undefined ? 'w' : 'r+');
    if (begin !== undefined && isTorn) await file.truncate(end);
    const write = createWriter(file, end);
    const at = new Date().toISOString();
    const fingerprint = fingerprintOf(options.accessToken);
    const { input, parameters } = options;
    if (begin === undefined) {
      await write({ type: 'begin', version: 1, at, input, parameters, tokenFingerprint: fingerprint });
    } else {
      refuseOther(path, begin, options);
      if (tokenFingerprint !== fingerprint) {
        if (options.renewedToken !== true) throw otherToken(path);
        await write({ type: 'token', at, tokenFingerprint: fingerprint });
      }
    }
    return createLedger(file, write, known, lock);
  } catch (error) {
    await file?.close();
    await lock.release();
    throw asConfigurationError(error);
  }
}

function createLedger(
  file: FileHandle,
  write: (record: LedgerRecord) => Promise<void>,
  known: KnownRows,
  lock: Lock,
): Ledger {
  return {
    outcomeOf: (row) => known.outcomeOf(row),
    append: async (record) => {
      await write(record);
      if (record.type === 'batch') known.add(record);
    },
    close: async () => {
      await file.close();
      await lock.release();
    },
  };
}

/** Writes records one after the other, behind what is there. */
function createWriter(file: FileHandle, begin: number): (record: LedgerRecord) => Promise<void> {
  let position = begin;
  let last: Promise<void> = Promise.resolve();
  const write = async (record: LedgerRecord): Promise<void> => {
    const line = Buffer.from(`${JSON.stringify(record)}\n`);
    for (let written = 0; written < line.length;) {
      const { bytesWritten } = await file.write(line, written, line.length - written, position + written);
      written += bytesWritten;
    }
    await file.sync();
    position += line.length;
  };
  return (record) => {
    last = last.then(() => write(record));
    last.catch(() => undefined);
    return last;
  };
}

interface KnownRows {
  add(record: BatchRecord): void;
  outcomeOf(row: number): KnownOutcome | undefined;
}

/** Created rows take a bit each; of those that were refused, the reason is kept. */
function createKnownRows(): KnownRows {
  const created: RowSet = createRowSet();
  const refused = new Map<number, NotCreated>();
  return {
    add: (record) => {
      for (const range of record.created) created.add(range);
      for (const outcome of record.notCreated) {
        if (outcome.kind === 'failed' || outcome.kind === 'invalid') refused.set(outcome.row, outcome);
      }
    },
    outcomeOf: (row) => (created.has(row) ? { kind: 'created' } : refused.get(row)),
  };
}

/** What stands in a file that may be a ledger. */
interface Known {
  readonly begin: BeginRecord | undefined;
  readonly tokenFingerprint: string | undefined;
  /** Where the last whole record ends, in bytes. */
  readonly end: number;
  /** Whether a piece of a record stands behind that. */
  readonly isTorn: boolean;
}

async function readKnown(path: string, known: KnownRows): Promise<Known> {
  const size = await stat(path).then(
    (found) => found.size,
    () => 0,
  );
  let begin: BeginRecord | undefined;
  let tokenFingerprint: string | undefined;
  let end = 0;
  if (size === 0) return { begin, tokenFingerprint, end, isTorn: false };
  for await (const item of readLedger(path)) {
    const { record } = item;
    end = item.end;
    if (record.type === 'begin') begin ??= record;
    if (record.type === 'begin' || record.type === 'token') tokenFingerprint = record.tokenFingerprint;
    if (record.type === 'batch') known.add(record);
  }
  if (begin === undefined && !(await isTornBeginning(path))) {
    throw new ConfigurationError('ledger', `${path} is not empty, and no ledger. Name another file.`);
  }
  return { begin, tokenFingerprint, end, isTorn: end < size };
}

/** Whether a file holds nothing but the first part of a first record. */
async function isTornBeginning(path: string): Promise<boolean> {
  const text = await readFile(path, 'utf8');
  const beginning = '{"type":"begin","version":1,';
  return !text.includes('\n') && (text.startsWith(beginning) || beginning.startsWith(text));
}

function refuseOther(path: string, begin: BeginRecord, { input, parameters }: LedgerSubject): void {
  if (begin.input.sha256 !== input.sha256) {
    const message = `${path} is about another file, or the file has changed since ${begin.at}. Name another ledger for it.`;
    throw new ConfigurationError('ledger', message);
  }
  if (isDeepStrictEqual(begin.parameters, JSON.parse(JSON.stringify(parameters)))) return;
  const was = JSON.stringify(begin.parameters);
  const message = `${path} was begun with other parameters: ${was}. Give the same ones, or name another ledger.`;
  throw new ConfigurationError('ledger', message);
}

function otherToken(path: string): ConfigurationError {
  const message =
    `${path} was begun with another access token. For another account, name another ledger; ` +
    'if the token of the same account has been renewed, say so with --renewed-token.';
  return new ConfigurationError('ledger', message);
}

/** Enough of a hash to tell tokens apart. */
function fingerprintOf(accessToken: string): string {
  return createHash('sha256').update(`hubspot-associations ${accessToken}`).digest('hex').slice(0, 16);
}

function asConfigurationError(error: unknown): ConfigurationError {
  if (error instanceof ConfigurationError) return error;
  return new ConfigurationError('ledger', `cannot be written: ${messageOf(error)}`, { cause: error });
}
