import { readSync } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { isDeepStrictEqual } from 'node:util';
import { ConfigurationError } from '../client/errors.js';
import { createKnownRows, type KnownRows, type RecordPlace } from './known-rows.js';
import { parseRecord } from './parse-record.js';
import { readRecords } from './read-ledger.js';
import type { BatchRecord, BeginRecord, LedgerSubject } from './records.js';

/** The content of a ledger when it is opened. */
export interface LedgerContent {
  readonly rows: KnownRows;
  /** When requests were sent, the newest last. */
  readonly recentRequests: readonly Date[];
  /** The fingerprint of the token that was used last; `undefined` in a new ledger. */
  readonly tokenFingerprint: string | undefined;
  /** The end of the last whole record, in bytes. */
  readonly end: number;
}

/** The longest window of an allowance. */
const recentMs = 24 * 60 * 60 * 1_000;

/**
 * Reads a ledger. A file that breaks off within its first record counts as empty.
 *
 * @throws ConfigurationError if the ledger has another subject, is damaged, or is not a ledger.
 */
export async function readKnown(file: FileHandle, path: string, subject: LedgerSubject): Promise<LedgerContent> {
  const rows = createKnownRows((place) => readBatch(file, path, place, subject.input.bytes));
  const sent: number[] = [];
  let tokenFingerprint: string | undefined;
  let end = 0;
  const now = Date.now();
  const chunks = file.createReadStream({ start: 0, autoClose: false, highWaterMark: 2 ** 18 });
  for await (const records of readRecords(chunks, path)) {
    for (const { record, end: recordEnd } of records) {
      if (record.type === 'begin') requireSameSubject(path, record, subject);
      if (record.type === 'begin' || record.type === 'token') tokenFingerprint = record.tokenFingerprint;
      if (record.type === 'batch') rows.add(record, { begin: end, end: recordEnd });
      // If the clock was set back, a request from the future must not delay the run.
      if (record.type === 'request') sent.push(Math.min(Date.parse(record.at), now));
      end = recordEnd;
    }
  }
  const recent = sent.filter((at) => at > now - recentMs).sort((a, b) => a - b);
  return { rows, recentRequests: recent.map((at) => new Date(at)), tokenFingerprint, end };
}

/** Reads the batch at a known position again. */
function readBatch(file: FileHandle, path: string, { begin, end }: RecordPlace, fileBytes: number): BatchRecord {
  const bytes = Buffer.alloc(end - begin);
  const read = readSync(file.fd, bytes, 0, bytes.length, begin);
  const { record } = parseRecord(bytes.toString('utf8', 0, read), fileBytes);
  if (record?.type === 'batch') return record;
  throw new ConfigurationError('ledger', `${path} was changed while it was in use. Run the same command again.`);
}

function requireSameSubject(path: string, begin: BeginRecord, { input, parameters }: LedgerSubject): void {
  if (begin.input.sha256 !== input.sha256) {
    const message =
      `${path} was begun at ${begin.at} with another file, or this one has changed since: ` +
      `that had SHA-256 ${begin.input.sha256} (${String(begin.input.bytes)} bytes), ` +
      `this has ${input.sha256} (${String(input.bytes)} bytes). ` +
      'Restore the original file to resume, or name another ledger for this one.';
    throw new ConfigurationError('ledger', message);
  }
  if (isDeepStrictEqual(begin.parameters, JSON.parse(JSON.stringify(parameters)))) return;
  const was = JSON.stringify(begin.parameters);
  const message = `${path} was started with other parameters: ${was}. Give the same ones, or name another ledger.`;
  throw new ConfigurationError('ledger', message);
}
