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
 * Records the outcome of each row of a run, on disk before it counts. When a run is resumed, it tells which
 * rows need not be sent again.
 */
export interface Ledger {
  /**
   * When earlier runs sent requests in the last 24 hours, the newest last. They count against this run's
   * allowance.
   */
  readonly recentRequests: readonly Date[];
  /**
   * The outcome of a row in this run or an earlier one. `undefined` for a row that has to be sent: it is
   * not recorded, or was unsent or unconfirmed. Reads the file, so the ledger must be open.
   */
  outcomeOf(row: number): KnownOutcome | undefined;
  /**
   * Records a request. The record survives the end of this process, but not necessarily a power failure. If
   * it cannot be written, the next `append` rejects.
   */
  requestSent(at: Date, details?: RequestDetails): void;
  /**
   * Settles when the record is on disk. Rejects if it cannot be written, or if the ledger was removed;
   * after that, nothing more is written.
   *
   * @throws RangeError if the record names rows that the file cannot have. Then nothing is written.
   */
  append(record: RunRecord | BatchRecord | EndRecord): Promise<void>;
  /** Closes the ledger, so that other processes can open it. */
  close(): Promise<void>;
}

/** What is recorded about a request besides its time. */
type RequestDetails = Omit<RequestRecord, 'type' | 'at'>;

/** What a ledger is opened with. */
export interface OpenLedgerOptions extends LedgerSubject {
  readonly accessToken: string;
  /** Whether to accept a token that differs from the ledger's, as a renewed token of the same account. */
  readonly renewedToken?: boolean | undefined;
}

/**
 * Opens a ledger, or creates one. No other process can open it until it is closed.
 *
 * @param path - An NDJSON file with one record per line.
 * @throws ConfigurationError if the ledger has another input, other parameters or another token, is in
 *   use by another process, is damaged, is not a ledger, or cannot be written.
 */
export async function openLedger(path: string, options: OpenLedgerOptions): Promise<Ledger> {
  let locked: LockedFile | undefined;
  try {
    locked = await openLocked(path);
    const known = await readKnown(locked.file, path, options);
    const begin = known.tokenFingerprint === undefined;
    const tokenFingerprint = fingerprintOf(options.accessToken);
    const isRenewed = !begin && known.tokenFingerprint !== tokenFingerprint;
    if (isRenewed && options.renewedToken !== true) throw otherTokenError(path);

    // Cut off a torn record at the end, so that it does not become part of the next one.
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
        // The writer refuses everything after a failure, so the next `append` rejects.
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

/** Flushes the folder, so that a new file is still found after a power failure. Not every system supports this. */
async function flushFolder(path: string): Promise<void> {
  const folder = await open(dirname(await realpath(path))).catch(() => undefined);
  await folder?.sync().catch(() => undefined);
  await folder?.close();
}

function otherTokenError(path: string): ConfigurationError {
  const message =
    `${path} was begun with another access token. For another account, name another ledger; ` +
    'if the token of the same account has been renewed, say so with --renewed-token.';
  return new ConfigurationError('ledger', message);
}

/** Makes a short hash, long enough to distinguish tokens. */
function fingerprintOf(accessToken: string): string {
  return createHash('sha256').update(`hubspot-associations ${accessToken}`).digest('hex').slice(0, 16);
}
