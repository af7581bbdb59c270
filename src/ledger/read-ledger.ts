import { createReadStream } from 'node:fs';
import { ConfigurationError } from '../client/errors.js';
import { parseRecord } from './parse-record.js';
import type { LedgerRecord } from './records.js';

/** A record, and the position of the line after it, in bytes. */
export interface RecordAt {
  readonly record: LedgerRecord;
  readonly end: number;
}

/**
 * Reads the records of a ledger. A torn last line is left out: the process was killed, or the disk was
 * full, while it was written.
 *
 * @throws ConfigurationError for a file that is not a ledger, and for any other line that is not a
 *   record.
 */
export async function* readLedger(path: string): AsyncGenerator<RecordAt, void> {
  for await (const records of readRecords(createReadStream(path), path)) yield* records;
}

/** Reads the records of a ledger. Each list holds the records that end in the same chunk of the file. */
export async function* readRecords(chunks: AsyncIterable<Buffer>, path: string): AsyncGenerator<RecordAt[], void> {
  let line = 0;
  let end = 0;
  let fileBytes = 0;
  /** The problem of the latest line. The line is torn if it is the last one, and damaged otherwise. */
  let problem: string | undefined;
  for await (const texts of wholeLines(chunks, path)) {
    const records: RecordAt[] = [];
    for (const text of texts) {
      if (problem !== undefined) throw damaged(path, line, problem);
      line += 1;
      const parsed = parseRecord(text.toString(), fileBytes);
      if (parsed.record === undefined) {
        if (line === 1 || !parsed.mayBeTorn) throw damaged(path, line, parsed.problem);
        problem = parsed.problem;
        continue;
      }
      const { record } = parsed;
      if ((record.type === 'begin') !== (line === 1)) throw damaged(path, line, 'begins another ledger');
      if (record.type === 'begin') fileBytes = record.input.bytes;
      end += text.length + 1;
      records.push({ record, end });
    }
    yield records;
  }
}

/** Far longer than any record. A file without line ends must not fill the memory. */
const maximumLineBytes = 2 ** 26;
const beginning = '{"type":"begin",';

/** The lines that end in each chunk. Anything after the last line end is left out. */
async function* wholeLines(chunks: AsyncIterable<Buffer>, path: string): AsyncGenerator<Buffer[], void> {
  let count = 0;
  let pieces: Buffer[] = [];
  let pieceBytes = 0;
  for await (const chunk of chunks) {
    if (count === 0 && pieceBytes === 0 && !mayBegin(chunk)) throw notALedger(path);
    const lines: Buffer[] = [];
    let from = 0;
    for (let to = chunk.indexOf(10); to >= 0; to = chunk.indexOf(10, from)) {
      const last = chunk.subarray(from, to);
      lines.push(pieces.length === 0 ? last : Buffer.concat([...pieces, last]));
      pieces = [];
      pieceBytes = 0;
      from = to + 1;
    }
    count += lines.length;
    if (from < chunk.length) pieces.push(chunk.subarray(from));
    pieceBytes += chunk.length - from;
    if (pieceBytes > maximumLineBytes) throw damaged(path, count + 1, 'does not end');
    if (lines.length > 0) yield lines;
  }
}

/** Whether a ledger may begin like this chunk. */
function mayBegin(chunk: Buffer): boolean {
  const text = chunk.toString('latin1', 0, beginning.length);
  return beginning.startsWith(text);
}

function notALedger(path: string): ConfigurationError {
  return new ConfigurationError('ledger', `${path} is not empty and is not a ledger. Name another file.`);
}

function damaged(path: string, line: number, problem: string): ConfigurationError {
  const what = `line ${String(line)} of ${path} ${problem}`;
  const advice =
    line === 1
      ? 'Name another ledger.'
      : 'Delete that line: its rows are resent, which changes nothing. Or name another ledger.';
  return new ConfigurationError('ledger', `${what}. ${advice}`);
}
