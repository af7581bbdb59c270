import { writeSync } from 'node:fs';
import { stat, type FileHandle } from 'node:fs/promises';

/** Appends lines to a file. Once it cannot, it refuses all that comes after. */
export interface Writer {
  /**
   * Hands a line to the operating system before it returns: the line outlives this process, however
   * that ends, but not a failure of the power.
   */
  write(line: string): void;
  /** Settles when all lines that were written before the call are on disk, and the path leads to them. */
  flush(): Promise<void>;
}

/** @param begin - Where the first line goes, in bytes. */
export function createWriter(file: FileHandle, path: string, begin: number): Writer {
  let position = begin;
  let failure: Error | undefined;
  let last: Promise<void> = Promise.resolve();
  /** The flush that has not begun. It serves everybody who asks until it does. */
  let next: Promise<void> | undefined;

  const failed = (error: unknown): Error => {
    failure ??= error instanceof Error ? error : new Error(String(error));
    return failure;
  };
  const writeAll = (bytes: Buffer): void => {
    for (let written = 0; written < bytes.length;) {
      written += writeSync(file.fd, bytes, written, bytes.length - written, position + written);
    }
    position += bytes.length;
  };
  const flushNow = async (): Promise<void> => {
    next = undefined;
    try {
      if (failure !== undefined) throw failure;
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
        writeAll(Buffer.from(`${line}\n`));
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

/** Nobody finds what is written to a file that was removed. */
async function requireInPlace(file: FileHandle, path: string): Promise<void> {
  const [own, found] = await Promise.all([
    file.stat({ bigint: true }),
    stat(path, { bigint: true }).catch(() => undefined),
  ]);
  if (own.dev === found?.dev && own.ino === found.ino) return;
  throw new Error(`${path} was removed or replaced while it was in use`);
}
