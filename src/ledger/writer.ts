import { writeSync } from 'node:fs';
import { stat, type FileHandle } from 'node:fs/promises';
import type { RecordPlace } from './known-rows.js';

/** Appends lines to a file. After a failure, it refuses all further lines. */
export interface Writer {
  /**
   * Passes a line to the operating system before it returns. The line survives the end of this process,
   * however it ends, but not necessarily a power failure.
   *
   * @returns The position of the line.
   */
  write(line: string): RecordPlace;
  /** Settles when all lines written before the call are on disk, and the path still leads to them. */
  flush(): Promise<void>;
}

/** @param end - The position of the first new line, in bytes. */
export function createWriter(file: FileHandle, path: string, end: number): Writer {
  let position = end;
  let failure: Error | undefined;
  let last: Promise<void> = Promise.resolve();
  /** The next flush. It serves all calls until it starts. */
  let next: Promise<void> | undefined;

  const failed = (error: unknown): Error => {
    failure ??= error instanceof Error ? error : new Error(String(error));
    return failure;
  };
  const writeAll = (bytes: Buffer): RecordPlace => {
    const begin = position;
    for (let written = 0; written < bytes.length;) {
      written += writeSync(file.fd, bytes, written, bytes.length - written, position + written);
    }
    position += bytes.length;
    return { begin, end: position };
  };
  const flushNow = async (): Promise<void> => {
    next = undefined;
    try {
      await file.datasync();
      await requireInPlace(file, path);
    } catch (error) {
      throw failed(error);
    }
  };
  return {
    write: (line) => {
      if (failure !== undefined) throw failure;
      try {
        return writeAll(Buffer.from(`${line}\n`));
      } catch (error) {
        throw failed(error);
      }
    },
    flush: () => {
      next ??= last.then(flushNow);
      last = next;
      return next;
    },
  };
}

/** Lines written to a removed file would be lost. */
async function requireInPlace(file: FileHandle, path: string): Promise<void> {
  const [own, found] = await Promise.all([
    file.stat({ bigint: true }),
    stat(path, { bigint: true }).catch(() => undefined),
  ]);
  if (own.dev === found?.dev && own.ino === found.ino) return;
  throw new Error(`${path} was removed or replaced while it was in use`);
}
