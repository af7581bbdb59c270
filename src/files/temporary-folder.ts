import { randomBytes } from 'node:crypto';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigurationError, messageOf } from '../client/errors.js';

/** Where this process may put temporary files: a new path, at which there is nothing yet. */
export function temporaryPath(): string {
  return join(tmpdir(), `${prefix()}${String(process.pid)}-${randomBytes(8).toString('hex')}`);
}

/** Creates the folder of a path of `temporaryPath`, unless it is there. No other user can read it. */
export async function createTemporaryFolder(path: string): Promise<void> {
  await mkdir(path, { recursive: true, mode: 0o700 }).catch(cannotWrite);
}

/** Removes what processes of this machine have left behind that were killed. */
export async function removeLeftFolders(): Promise<void> {
  const names = await readdir(tmpdir()).catch(() => []);
  await Promise.all(
    names.map(async (name) => {
      const [, id] = name.startsWith(prefix()) ? (/^(\d+)-[0-9a-f]{16}$/.exec(name.slice(prefix().length)) ?? []) : [];
      if (id === undefined || isRunning(Number(id))) return;
      await rm(join(tmpdir(), name), { recursive: true, force: true }).catch(() => undefined);
    }),
  );
}

/** A failure to write temporary files. */
export function cannotWrite(error: unknown): never {
  const message = `temporary files cannot be written in ${tmpdir()}: ${messageOf(error)}. Name a folder with more room.`;
  throw new ConfigurationError('TMPDIR', message, { cause: error });
}

/** Process ids mean nothing on another host that shares the folder. */
function prefix(): string {
  return `hubspot-associations-${hostname()}-`;
}

function isRunning(id: number): boolean {
  try {
    process.kill(id, 0);
    return true;
  } catch (error) {
    return !(error instanceof Error && 'code' in error && error.code === 'ESRCH');
  }
}
