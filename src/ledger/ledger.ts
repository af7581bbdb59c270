import { createHash } from 'node:crypto';
import { open, realpath } from 'node:fs/promises';
import { dirname } from 'node:path';
import { ConfigurationError, messageOf } from '../client/errors.js';
import type { KnownOutcome, KnownRows, RecordPlace } from './known-rows.js';
import { openLocked, type LockedFile } from './lock.js';
import { problemOf } from './parse-record.js';
import { readKnown } from './read-known.js';
import type {
  BatchRecord,
  BeginRecord,
  EndRecord,
  LedgerSubject,
  RequestRecord,
  RunRecord,
  TokenRecord,
} from './records.js';
import { createWriter, type Writer } from './writer.js';

/**
 * The memory of a run: what became of each row, on disk before it counts. Given again, it says which
 * rows need not be sent any more.
 */
export interface Ledger {
  /**
   * When earlier runs sent requests, the newest last, for the last 24 hours. They count against the
   * allowance of this run.
   */
  readonly recentRequests: readonly Date[];
  /**
   * The outcome of a row, in this run or an earlier one. Nothing for a row that is to be sent: one
   * of which nothing is known, or that was left unsent or unconfirmed. Reads the ledger, so it must
   * be open.
   */
  outcomeOf(row: number): KnownOutcome | undefined;
  /**
   * Notes a request. The note outlives this process, and may be lost when the power fails. That it
   * cannot be written is said by the next `append`.
   */
  requestSent(at: Date, details?: RequestDetails): void;
  /**
   * Settles when the record is on disk. Rejects when it cannot be written, or the ledger was removed;
   * then nothing more is written.
   *
   * @throws RangeError when the record names rows that the file cannot have. Nothing is written of it.
   */
  append(record: RunRecord | BatchRecord | EndRecord): Promise<void>;
  /** Closes the ledger, and lets other processes open it. */
  close(): Promise<void>;
}

/** What is noted of a request besides its time. */
type RequestDetails = Omit<RequestRecord, 'type' | 'at'>;

/** What a ledger is opened for. */
export interface OpenLedgerOptions extends LedgerSubject {
  readonly accessToken: string;
  /** Whether another token than that of the ledger is one of the same account, which has been renewed. */
  readonly renewedToken?: boolean | undefined;
}

/**
 * Opens a ledger, or begins one. No other process can open it until it is closed.
 *
 * @param path - NDJSON, one record a line.
 * @throws ConfigurationError when it is about another input, other parameters or another token, when
 *   another process uses it, when it is damaged or no ledger, or when it cannot be written.
 */
export async function openLedger(path: string, options: OpenLedgerOptions): Promise<Ledger> {
  let locked: LockedFile | undefined;
  try {
    locked = await openLocked(path);
    const known = await readKnown(locked.file, path, options);
    const begin = known.tokenFingerprint === undefined;
    const tokenFingerprint = fingerprintOf(options.accessToken);
    const isRenewed = !begin && known.tokenFingerprint !== tokenFingerprint;
    if (isRenewed && options.renewedToken !== true) throw otherToken(path);

    // A piece of a record behind the last whole one must not become part of the next.
    await locked.file.truncate(known.end);
    const writer = createWriter(locked.file, path, known.end);
    if (begin) await write(writer, beginRecord(options, tokenFingerprint));
    if (begin) await flushFolder(path);
    if (isRenewed) await write(writer, { type: 'token', at: new Date().toISOString(), tokenFingerprint });
    return createLedger(locked, writer, known, options.input.bytes);
  } catch (error) {
    await locked?.close();
    if (error instanceof ConfigurationError) throw error;
    throw new ConfigurationError('ledger', `cannot be written: ${messageOf(error)}`, { cause: error });
  }
}

function createLedger(
  locked: LockedFile,
  writer: Writer,
  { rows, recentRequests }: { readonly rows: KnownRows; readonly recentRequests: readonly Date[] },
  fileBytes: number,
): Ledger {
  return {
    recentRequests,
    outcomeOf: (row) => rows.outcomeOf(row),
    requestSent: (at, details) => {
      const record: RequestRecord = { type: 'request', at: at.toISOString(), ...details };
      try {
        writer.write(JSON.stringify(record));
      } catch {
        // The writer refuses what comes after, so the next `append` rejects.
      }
    },
    append: async (record) => {
      const problem = problemOf(record, fileBytes);
      if (problem !== undefined) throw new RangeError(`A record that ${problem} cannot be appended.`);
      const place = await write(writer, record);
      if (record.type === 'batch') rows.add(record, place);
    },
    close: () => locked.close(),
  };
}

type FlushedRecord = BeginRecord | RunRecord | BatchRecord | EndRecord | TokenRecord;

async function write(writer: Writer, record: FlushedRecord): Promise<RecordPlace> {
  const place = writer.write(JSON.stringify(record));
  await writer.flush();
  return place;
}

function beginRecord({ input, parameters }: LedgerSubject, tokenFingerprint: string): BeginRecord {
  return { type: 'begin', version: 1, at: new Date().toISOString(), input, parameters, tokenFingerprint };
}

/** A file that is new is found after a power failure once its folder is on disk. Not every system can do that. */
async function flushFolder(path: string): Promise<void> {
  const folder = await open(dirname(await realpath(path))).catch(() => undefined);
  await folder?.sync().catch(() => undefined);
  await folder?.close();
}

function otherToken(path: string): ConfigurationError {
  const message =
    `${path} was begun with another access token. For another account, name another ledger; ` +
    'if the token of the same account has been renewed, say so with --renewed-token.';
  return new ConfigurationError('ledger', message);
}

/** Enough of a hash to distinguish tokens. */
function fingerprintOf(accessToken: string): string {
  return createHash('sha256').update(`hubspot-associations ${accessToken}`).digest('hex').slice(0, 16);
}
