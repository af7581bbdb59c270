import { randomBytes } from 'node:crypto';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigurationError, messageOf } from '../client/errors.js';
import { stringMember } from '../client/json.js';

/** Distinguishes this process from an earlier one with the same id, which is common in containers. */
const token = randomBytes(8).toString('hex');
let count = 0;

/** A new path for temporary files of this process. */
export function temporaryPath(): string {
  count += 1;
  return join(tmpdir(), `${prefix()}${String(process.pid)}-${token}-${String(count)}`);
}

/** Creates the folder at a path of `temporaryPath`, unless it exists. No other user can read it. */
export async function createTemporaryFolder(path: string): Promise<void> {
  await mkdir(path, { mode: 0o700 }).catch((error: unknown) => {
    if (stringMember(error, 'code') !== 'EEXIST') throwCannotWrite(error);
  });
}

/** Removes the temporary folders of killed processes of this host. */
export async function removeAbandonedFolders(): Promise<void> {
  const names = await readdir(tmpdir()).catch(() => []);
  for (const name of names.filter((found) => found.startsWith(prefix()))) {
    const [, id, owner] = /^(\d+)-([0-9a-f]{16})-\d+$/.exec(name.slice(prefix().length)) ?? [];
    if (id === undefined || owner === token) continue;
    if (Number(id) !== process.pid && isRunning(Number(id))) continue;
    // Other users' folders cannot be removed.
    await rm(join(tmpdir(), name), { recursive: true, force: true }).catch(() => undefined);
  }
}

/** Throws the error for temporary files that cannot be written. */
export function throwCannotWrite(error: unknown): never {
  const message = `temporary files cannot be written in ${tmpdir()}: ${messageOf(error)}. Name a folder with more room.`;
  throw new ConfigurationError('TMPDIR', message, { cause: error });
}

/** Contains the host name, since process ids are meaningless on another host that shares the folder. */
function prefix(): string {
  return `hubspot-associations-${hostname()}-`;
}

function isRunning(id: number): boolean {
  try {
    process.kill(id, 0);
    return true;
  } catch (error) {
    return stringMember(error, 'code') !== 'ESRCH';
  }
}
