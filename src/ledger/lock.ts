import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { constants } from 'node:fs';
import { open, stat, type FileHandle } from 'node:fs/promises';
import { createServer } from 'node:net';
import { ConfigurationError } from '../client/errors.js';
import { codeOf } from './error-code.js';

/** A file that is kept for this process until it is closed. */
export interface LockedFile {
  readonly file: FileHandle;
  close(): Promise<void>;
}

/**
 * Opens a file for reading and writing, creates it if there is none, and locks it. The lock is the
 * operating system's, and on the file itself: every link to it leads to the same lock, and no process
 * leaves one behind, however it ends.
 *
 * @param flock - The program that calls flock(2), which Node does not offer; of util-linux or BusyBox.
 * @throws ConfigurationError when another process has locked the file, or it is not a regular one; the
 *   system's error when it cannot be opened or locked.
 */
export async function openLocked(path: string, flock = 'flock'): Promise<LockedFile> {
  await requireRegularFile(path);
  const ownLock = lockFlags[process.platform];
  const file = await open(path, constants.O_RDWR | constants.O_CREAT | (ownLock ?? 0)).catch((error: unknown) => {
    throw ownLock !== undefined && isLocked(error) ? inUse(path) : error;
  });
  try {
    const release = ownLock === undefined ? await lock(file, flock) : noRelease;
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

/** Where open(2) itself locks: O_EXLOCK and O_NONBLOCK of BSD; on Windows, `UV_FS_O_EXLOCK` of libuv. */
const lockFlags: Partial<Record<NodeJS.Platform, number>> = {
  darwin: 0x24,
  freebsd: 0x24,
  openbsd: 0x24,
  win32: 0x10000000,
};

type Release = () => Promise<void>;
const noRelease: Release = () => Promise.resolve();

/** A FIFO would be waited for, for ever; and opening a device may do anything. */
async function requireRegularFile(path: string): Promise<void> {
  const found = await stat(path).catch(() => undefined);
  if (found === undefined || found.isFile()) return;
  const kind = found.isDirectory() ? 'a folder' : found.isFIFO() ? 'a FIFO' : 'a device or a socket';
  throw new ConfigurationError('ledger', `${path} is ${kind}, not a regular file. Name another file.`);
}

/** How the lock is given back, or nothing when another process has it. */
async function lock(file: FileHandle, flock: string): Promise<Release | undefined> {
  try {
    return (await lockByProgram(file, flock)) ? noRelease : undefined;
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error;
    return lockBySocket(file);
  }
}

/** Locks the open file that the program inherits: the lock stays until this process has closed it too. */
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
  // A refusal says nothing, and exits with 1; BusyBox exits with 1 after other failures too.
  if (child.exitCode === 1 && problem === '') return false;
  throw new Error(`it cannot be locked: ${problem.trim() || `flock was ended by ${String(child.signalCode)}`}`);
}

/**
 * Linux without flock(1): a socket whose name is the file's identity. The kernel frees it with the
 * process as well, but containers that share a volume do not share it.
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
