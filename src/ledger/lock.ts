import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { constants } from 'node:fs';
import { open, stat, type FileHandle } from 'node:fs/promises';
import { createServer } from 'node:net';
import { ConfigurationError } from '../client/errors.js';

/** A file that is locked for this process until it is closed. */
export interface LockedFile {
  readonly file: FileHandle;
  close(): Promise<void>;
}

/**
 * Opens a file for reading and writing, creates it if it does not exist, and locks it. The operating system
 * locks the file itself: every link leads to the same lock, and no process leaves a lock behind, however it
 * ends.
 *
 * @param flock - The program that calls flock(2), which Node does not offer. It comes with util-linux or
 *   BusyBox.
 * @throws ConfigurationError if another process has locked the file, or it is not a regular file; the
 *   system's error if it cannot be opened or locked.
 */
export async function openLocked(path: string, flock = 'flock'): Promise<LockedFile> {
  await requireRegularFile(path);
  const ownLock = lockFlags[process.platform];
  const file = await open(path, constants.O_RDWR | constants.O_CREAT | (ownLock ?? 0)).catch((error: unknown) => {
    throw ownLock !== undefined && isLocked(error) ? inUse(path) : error;
  });
  try {
    const release = ownLock === undefined ? await lock(file, flock) : nothingToRelease;
    if (release === undefined) throw inUse(path);
    return {
      file,
      close: async () => {
        await file.close();
        await release();
      },
    };
  } catch (error) {
    await file.close();
    throw error;
  }
}

/**
 * The flags with which open(2) itself locks: O_EXLOCK and O_NONBLOCK of BSD; on Windows, `UV_FS_O_EXLOCK`
 * of libuv.
 */
const lockFlags: Partial<Record<NodeJS.Platform, number>> = {
  darwin: 0x24,
  freebsd: 0x24,
  openbsd: 0x24,
  win32: 0x10000000,
};

type Release = () => Promise<void>;
const nothingToRelease: Release = () => Promise.resolve();

/** Opening a FIFO would wait for a writer, and opening a device may have side effects. */
async function requireRegularFile(path: string): Promise<void> {
  const found = await stat(path).catch(() => undefined);
  if (found === undefined || found.isFile()) return;
  const kind = found.isDirectory() ? 'a folder' : found.isFIFO() ? 'a FIFO' : 'a device or a socket';
  throw new ConfigurationError('ledger', `${path} is ${kind}, not a regular file. Name another file.`);
}

/** Returns a function that releases the lock, or `undefined` if another process holds it. */
async function lock(file: FileHandle, flock: string): Promise<Release | undefined> {
  try {
    return (await lockByProgram(file, flock)) ? nothingToRelease : undefined;
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error;
    return lockBySocket(file);
  }
}

/** Locks the open file that the program inherits. The lock stays until this process has closed the file, too. */
async function lockByProgram(file: FileHandle, flock: string): Promise<boolean> {
  const folders = ['/usr/bin', '/bin', ...(process.env['PATH'] ?? '').split(':').filter((folder) => folder !== '')];
  const child = spawn(flock, ['-n', '3'], {
    stdio: ['ignore', 'ignore', 'pipe', file.fd],
    env: { PATH: folders.join(':'), LC_ALL: 'C' },
  });
  let problem = '';
  child.stderr?.on('data', (chunk: Buffer) => (problem += chunk.toString()));
  await once(child, 'close');
  if (child.exitCode === 0) return true;
  // If the file is locked, flock prints nothing and exits with 1. BusyBox also exits with 1 after other
  // failures.
  if (child.exitCode === 1 && problem === '') return false;
  throw new Error(`it cannot be locked: ${problem.trim() || `flock was ended by ${String(child.signalCode)}`}`);
}

/**
 * For Linux without flock(1): listens on an abstract socket that is named after the file's identity. The
 * kernel also frees it when the process ends, but containers that share a volume do not share it.
 */
async function lockBySocket(file: FileHandle): Promise<Release | undefined> {
  const { dev, ino } = await file.stat({ bigint: true });
  const server = createServer();
  server.listen({ path: `\0hubspot-associations ledger ${String(dev)}:${String(ino)}`, exclusive: true });
  try {
    await once(server, 'listening');
  } catch (error) {
    if (codeOf(error) === 'EADDRINUSE') return undefined;
    throw error;
  }
  server.unref();
  return async () => {
    server.close();
    await once(server, 'close');
  };
}

function isLocked(error: unknown): boolean {
  const code = codeOf(error);
  return code === 'EAGAIN' || code === 'EBUSY';
}

function inUse(path: string): ConfigurationError {
  const message = `${path} is in use by another process. Wait until that has ended, or name another ledger.`;
  return new ConfigurationError('ledger', message);
}

function codeOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
}
