import { randomBytes } from 'node:crypto';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigurationError, messageOf } from '../client/errors.js';
import { stringMember } from '../client/json.js';

/** Tells this process from an earlier one that had its id, as processes of containers often do. */
const token = randomBytes(8).toString('hex');
let count = 0;

/** Where this process may put temporary files: a new path, at which there is nothing yet. */
export function temporaryPath(): string {
  count += 1;
  return join(tmpdir(), `${prefix()}${String(process.pid)}-${token}-${String(count)}`);
}

/** Creates the folder of a path of `temporaryPath`, unless it is there. No other user can read it. */
export async function createTemporaryFolder(path: string): Promise<void> {
  await mkdir(path, { mode: 0o700 }).catch((error: unknown) => {
    if (stringMember(error, 'code') !== 'EEXIST') cannotWrite(error);
  });
}

/** Removes what processes of this host have left behind that were killed. */
export async function removeLeftFolders(): Promise<void> {
  const names = await readdir(tmpdir()).catch(() => []);
  for (const name of names.filter((found) => found.startsWith(prefix()))) {
    const [, id, owner] = /^(\d+)-([0-9a-f]{16})-\d+$/.exec(name.slice(prefix().length)) ?? [];
    if (id === undefined || owner === token) continue;
    if (Number(id) !== process.pid && isRunning(Number(id))) continue;
    // Another user's stay.
    await rm(join(tmpdir(), name), { recursive: true, force: true }).catch(() => undefined);
  }
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
    return stringMember(error, 'code') !== 'ESRCH';
  }
}
