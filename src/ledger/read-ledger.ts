import { createReadStream } from 'node:fs';
import { ConfigurationError } from '../client/errors.js';
import { parseRecord, type LedgerRecord } from './records.js';

/** A record, and where the line after it begins, in bytes. */
export interface RecordAt {
  readonly record: LedgerRecord;
  readonly end: number;
}

/**
 * Reads the records of a ledger. A last line that breaks off is left out: the process was killed, or
 * the disk was full, while it was written.
 *
 * @throws ConfigurationError for any other line that is no record.
 */
export async function* readLedger(path: string): AsyncGenerator<RecordAt, void> {
  let line = 1;
  let end = 0;
  let rest: Buffer = Buffer.alloc(0);
  let broken: number | undefined;
  const chunks: AsyncIterable<Buffer> = createReadStream(path);
  for await (const chunk of chunks) {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    for (let at = rest.indexOf(10); at >= 0; at = rest.indexOf(10)) {
      if (broken !== undefined) throw damaged(path, broken);
      end += at + 1;
      const record = parseRecord(rest.subarray(0, at).toString());
      if (record === undefined) broken = line;
      else yield { record, end };
      rest = rest.subarray(at + 1);
      line += 1;
    }
  }
  if (broken !== undefined && (rest.length > 0 || broken === 1)) throw damaged(path, broken);
}

function damaged(path: string, line: number): ConfigurationError {
  const message = `${path} has something else than a record on line ${String(line)}. Name another file, or repair this one.`;
  return new ConfigurationError('ledger', message);
}
