import { link, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { ConfigurationError } from '../client/errors.js';

/** Keeps a ledger for one process. */
export interface Lock {
  release(): Promise<void>;
}

/**
 * Takes the lock of a ledger: a file beside it that names the process. One that a process has left
 * behind, because it was killed, is taken over.
 *
 * @throws ConfigurationError when another process holds it; the system's error when it cannot be written.
 */
export async function takeLock(ledger: string): Promise<Lock> {
  const path = `${ledger}.lock`;
  const own = `${path}.${String(process.pid)}`;
  // Written elsewhere first: the lock is never there without saying whose it is.
  await writeFile(own, `${String(process.pid)} ${hostname()}`);
  try {
    while (!(await linked(own, path))) {
      const holder = await readFile(path, 'utf8').catch(() => undefined);
      if (holder === undefined) continue;
      if (isAlive(holder)) throw inUse(ledger, path, holder);
      await remove(path, `${own}.old`, holder);
    }
    return { release: () => rm(path, { force: true }) };
  } finally {
    await rm(own, { force: true });
  }
}

/** Only one of all processes that try at once links its own file. */
async function linked(own: string, path: string): Promise<boolean> {
  try {
    await link(own, path);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
}

/** Another process may have taken the lock over meanwhile; then it gets it back. */
async function remove(path: string, aside: string, holder: string): Promise<void> {
  await rename(path, aside).catch(() => undefined);
  const found = await readFile(aside, 'utf8').catch(() => holder);
  if (found !== holder) await linked(aside, path);
  await rm(aside, { force: true });
}

/** Of a process on another machine nothing is known, so it is taken to be alive. */
function isAlive(holder: string): boolean {
  const [pid, host] = holder.split(' ');
  if (host !== hostname()) return true;
  try {
    process.kill(Number(pid), 0);
    return true;
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
}

function inUse(ledger: string, path: string, holder: string): ConfigurationError {
  const [pid = '?', host = 'this machine'] = holder.split(' ');
  const message =
    `${ledger} is in use by process ${pid} on ${host}. ` +
    `Wait for its end; if there is no such process any more, remove ${path}.`;
  return new ConfigurationError('ledger', message);
}

function codeOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
}
