import { constants, openSync } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { Socket } from 'node:net';
import { messageOf, StoppedError } from '../client/errors.js';

/**
 * In bytes. The rows of a block are alive together: those of larger blocks outlive the collection of
 * young objects, which takes twice the time and the memory.
 */
export const blockSize = 65_536;

/**
 * Reads a file in blocks of `blockSize`. A block is valid until the next one is asked for. Of a file
 * that can be read twice only the last block may be shorter; what comes bit by bit is given at once.
 *
 * @param path - The file, or `-` for standard input.
 * @throws StoppedError as soon as the signal aborts; the system's error when the file cannot be read.
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

/** Where bytes come from. */
interface Source {
  /** Fills the beginning of the buffer, and says how many bytes there are: none at the end. */
  read(buffer: Uint8Array): Promise<number>;
  /** Whether the bytes come from somebody who may be writing them right now. */
  readonly isLive: boolean;
  close(): void;
}

async function openSource(path: string, signal: AbortSignal | undefined): Promise<Source> {
  if (path === '-') return liveSource(process.stdin);
  const found = await unlessAborted(stat(path), signal);
  if (found.isFIFO()) return liveSource(openFifo(path));
  const file = await unlessAborted(open(path), signal);
  return {
    isLive: !found.isFile(),
    // A stream would do; but the buffers that it makes stay in memory until they are collected.
    read: async (buffer) => (await file.read(buffer)).bytesRead,
    close: () => {
      // Nothing has been written, so there is nothing to lose.
      file.close().catch(() => undefined);
    },
  };
}

/** As a file, it would be waited for in a thread that nothing can end before a writer comes. */
function openFifo(path: string): Socket {
  return new Socket({ fd: openSync(path, constants.O_RDONLY | constants.O_NONBLOCK), writable: false });
}

function liveSource(stream: NodeJS.ReadStream | Socket): Source {
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

/** A pipe may give nothing for ever, and its read cannot be taken back: nobody waits for it any more. */
function unlessAborted<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return work;
  return new Promise((resolve, reject) => {
    const onAbort = (): void => {
      const message = `Interrupted while the file was being read: ${messageOf(signal.reason)}. Run the same command again.`;
      reject(new StoppedError(message, { reason: 'aborted', cause: signal.reason }));
    };
    if (signal.aborted) onAbort();
    signal.addEventListener('abort', onAbort, { once: true });
    work.then(resolve, reject).finally(() => {
      signal.removeEventListener('abort', onAbort);
    });
  });
}
