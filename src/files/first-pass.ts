import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { ConfigurationError, messageOf } from '../client/errors.js';
import { openRows } from './open-rows.js';
import { createPairCollector, type RepeatedPairs } from './repeated-pairs.js';
import type { Row, RowOptions } from './row.js';

/** A file that has been read once, before anything of it is sent. */
export interface FirstPass {
  /** Where the rows are to be read: the file, or a copy of what can be read only once. */
  readonly path: string;
  /** The SHA-256 of its content, in hexadecimal. */
  readonly sha256: string;
  readonly bytes: number;
  readonly repeated: RepeatedPairs;
  /** Whether the file is another one by now: then what is known of its rows is worth nothing. */
  hasChanged(): Promise<boolean>;
  /** Removes the temporary files. */
  close(): Promise<void>;
}

/** Whether a file can be read twice: a pipe or standard input cannot. */
export async function canBeReadTwice(path: string): Promise<boolean> {
  return path !== '-' && (await stat(path)).isFile();
}

/**
 * Reads a file of pairs once, to know it and the pairs that it names more than once. What can be
 * read only once is copied to a temporary file for that.
 *
 * @param path - The file, or `-` for standard input.
 * @throws InputError when its beginning shows that it cannot be read; the system's error when it
 *   cannot be opened; ConfigurationError when temporary files cannot be written.
 */
export async function readFirst(path: string, options: RowOptions, signal: AbortSignal): Promise<FirstPass> {
  const folder = await mkdtemp(join(tmpdir(), 'hubspot-associations-'));
  const close = (): Promise<void> => rm(folder, { recursive: true, force: true });
  try {
    const file = (await canBeReadTwice(path))
      ? path
      : await copy(path, join(folder, 'input'), signal).catch(cannotWrite);
    const { size, mtimeMs } = await stat(file);
    const hasChanged = async (): Promise<boolean> => {
      const now = await stat(file).catch(() => undefined);
      return now?.size !== size || now.mtimeMs !== mtimeMs;
    };
    const collector = createPairCollector(folder, size);
    for await (const { line, input } of untilBroken((await openRows(file, options)).rows)) {
      if (signal.aborted) break;
      if (input !== undefined) await collector.add(line, input).catch(cannotWrite);
    }
    const repeated = await collector.repeated().catch(cannotWrite);
    return { path: file, sha256: await sha256(file), bytes: size, repeated, hasChanged, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Where a file cannot be read any further, the next pass says so, after the rows before that place. */
async function* untilBroken(rows: AsyncIterable<Row>): AsyncGenerator<Row, void> {
  const iterator = rows[Symbol.asyncIterator]();
  for (;;) {
    const result = await iterator.next().catch(() => undefined);
    if (result === undefined || result.done === true) return;
    yield result.value;
  }
}

function cannotWrite(error: unknown): never {
  const message = `temporary files cannot be written in ${tmpdir()}: ${messageOf(error)}. Name a folder with more room.`;
  throw new ConfigurationError('TMPDIR', message, { cause: error });
}

async function copy(path: string, target: string, signal: AbortSignal): Promise<string> {
  await pipeline(path === '-' ? process.stdin : createReadStream(path), createWriteStream(target), { signal });
  return target;
}

async function sha256(path: string): Promise<string> {
  const digest = createHash('sha256');
  await pipeline(createReadStream(path), digest);
  return digest.digest('hex');
}
