import { closeSync, constants, open as openDescriptor } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { Socket } from 'node:net';
import type { Readable } from 'node:stream';
import { promisify } from 'node:util';
import { messageOf, StoppedError } from '../client/errors.js';

/**
 * In bytes. All rows of a block are in memory at the same time. With larger blocks, they would survive
 * young-generation garbage collection, which takes twice the time and memory.
 */
export const blockSize = 65_536;

/**
 * Reads a file in blocks of `blockSize`. A block is valid until the next one is requested. In a regular
 * file only the last block may be shorter; data from a pipe is passed on as it arrives.
 *
 * @param path - The file, or `-` for standard input.
 * @throws StoppedError as soon as the signal aborts; the system's error if the file cannot be read.
 */
export async function* readBlocks(path: string, signal?: AbortSignal): AsyncGenerator<Uint8Array, void> {
  const source = await openSource(path, signal);
  const block = new Uint8Array(blockSize);
  let length = 0;
  try {
    for (;;) {
      const count = await unlessAborted(source.read(block.subarray(length)), signal);
      length += count;
      const isComplete = count === 0 || length === blockSize || source.isLive;
      if (length > 0 && isComplete) yield block.subarray(0, length);
      if (count === 0) return;
      if (isComplete) length = 0;
    }
  } finally {
    source.close();
  }
}

/** A source of bytes. */
interface Source {
  /** Fills the beginning of the buffer, and returns the number of bytes; 0 at the end. */
  read(buffer: Uint8Array): Promise<number>;
  /** Whether the bytes come from a pipe, whose writer may still be writing. */
  readonly isLive: boolean;
  close(): void;
}

async function openSource(path: string, signal: AbortSignal | undefined): Promise<Source> {
  if (path === '-') return streamSource(process.stdin);
  return (await stat(path)).isFIFO() ? openPipe(path, signal) : openFile(path);
}

async function openFile(path: string): Promise<Source> {
  const file = await open(path);
  return {
    isLive: false,
    // Not a stream, whose buffers stay in memory until they are garbage-collected.
    read: async (buffer) => (await file.read(buffer)).bytesRead,
    close: () => {
      // Nothing was written, so nothing can be lost.
      file.close().catch(() => undefined);
    },
  };
}

/** Reads a named pipe as a socket: reading it as a file could not be cancelled, and would keep the process alive. */
async function openPipe(path: string, signal: AbortSignal | undefined): Promise<Source> {
  if (signal?.aborted === true) throw interrupted(signal);
  const opening = promisify(openDescriptor)(path, constants.O_RDONLY);
  const descriptor = await unlessAborted(opening, signal).catch((error: unknown) => {
    opening.then(closeSync).catch(() => undefined);
    // Opening waits for a writer, so open one to end the wait.
    openDescriptor(path, constants.O_WRONLY | constants.O_NONBLOCK, (failure, writer) => {
      if (failure === null) closeSync(writer);
    });
    throw error;
  });
  return streamSource(new Socket({ fd: descriptor, readable: true, writable: false }));
}

function streamSource(stream: Readable): Source {
  const chunks: AsyncIterator<Uint8Array> = stream[Symbol.asyncIterator]();
  let rest: Uint8Array = new Uint8Array(0);
  return {
    isLive: true,
    read: async (buffer) => {
      while (rest.length === 0) {
        const result = await chunks.next();
        if (result.done === true) return 0;
        rest = result.value;
      }
      const taken = rest.subarray(0, buffer.length);
      buffer.set(taken);
      rest = rest.subarray(taken.length);
      return taken.length;
    },
    close: () => {
      stream.destroy();
    },
  };
}

/** A pipe may never deliver anything, so stop waiting when the signal aborts. */
function unlessAborted<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return work;
  return new Promise((resolve, reject) => {
    const onAbort = (): void => {
      reject(interrupted(signal));
    };
    if (signal.aborted) onAbort();
    signal.addEventListener('abort', onAbort, { once: true });
    work.then(resolve, reject).finally(() => {
      signal.removeEventListener('abort', onAbort);
    });
  });
}

function interrupted({ reason }: AbortSignal): StoppedError {
  const message = `Interrupted while the file was being read: ${messageOf(reason)}. Run the same command again.`;
  return new StoppedError(message, { reason: 'aborted', cause: reason });
}
