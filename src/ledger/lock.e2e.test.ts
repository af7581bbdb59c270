import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { link, mkdir, readdir, symlink, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { openLedger } from './ledger.js';
import { subject, useLedgerPath, using } from './test-support.js';

const place = useLedgerPath();
const built = join(import.meta.dirname, '..', '..', 'dist', 'src', 'ledger', 'index.js');

/** A process that opens the given ledgers, one at a time. */
interface Opener {
  readonly child: ChildProcess;
  /** Why the ledger could not be opened, if so. */
  open(path: string): Promise<string | undefined>;
  close(): Promise<void>;
  kill(signal: 'SIGKILL' | 'SIGSTOP'): Promise<void>;
}

const children: ChildProcess[] = [];
afterEach(async () => {
  const alive = children.splice(0).filter((child) => child.exitCode === null && child.signalCode === null);
  await Promise.all(alive.map((child) => (child.kill('SIGKILL'), once(child, 'close'))));
});

const opensLedgers = `
  import { openLedger } from ${JSON.stringify(built)};
  const open = (path) => openLedger(path, ${JSON.stringify(subject)});
`;
const opensWithoutFlock = `
  import { openLocked } from ${JSON.stringify(join(import.meta.dirname, 'lock.ts'))};
  const open = (path) => openLocked(path, '/absent/flock');
`;

function startOpener(opening: string): Opener {
  const script = `${opening}
    let opened;
    process.on('message', async ({ path }) => {
      try {
        if (path === undefined) await opened?.close();
        opened = path === undefined ? undefined : await open(path);
        process.send({});
      } catch (error) {
        process.send({ problem: error.message });
      }
    });
  `;
  const stdio = ['ignore', 'inherit', 'inherit', 'ipc'] as const;
  const args = ['--import', 'tsx', '--input-type=module', '--eval', script];
  const child = spawn(process.execPath, args, { stdio: [...stdio] });
  children.push(child);
  const ask = async (path?: string): Promise<string | undefined> => {
    child.send({ path });
    const { problem } = await new Promise<{ problem?: string }>((resolve, reject) => {
      const ended = (): void => {
        reject(new Error('The process has ended.'));
      };
      child.once('close', ended).once('message', (answer) => {
        child.off('close', ended);
        resolve(answer as { problem?: string });
      });
    });
    return problem;
  };
  return {
    child,
    open: ask,
    close: async () => {
      await ask();
    },
    kill: async (signal) => {
      child.kill(signal);
      if (signal === 'SIGKILL') await once(child, 'close');
    },
  };
}

/** Lets three processes open the same file at the same time, and returns how many held it concurrently. */
async function race(openers: readonly Opener[], paths: readonly string[]): Promise<number> {
  const problems = await Promise.all(openers.map((opener, index) => opener.open(paths[index % paths.length] ?? '')));
  for (const problem of problems) if (problem !== undefined) expect(problem).toMatch(/is in use by another process/);
  await Promise.all(openers.map((opener) => opener.close()));
  return problems.filter((problem) => problem === undefined).length;
}

/** A path, a symbolic link and a hard link to one ledger. */
async function linkedPaths(name: string): Promise<string[]> {
  const folder = join(place.folder, name);
  await mkdir(folder);
  const [path = '', symbolic = '', hard = ''] = ['a', 'b', 'c'].map((file) => join(folder, file));
  await using(path, () => undefined);
  await symlink(path, symbolic);
  await link(path, hard);
  return [path, symbolic, hard];
}

describe.each([
  ['flock(2)', opensLedgers, 50],
  ['a socket, where there is no flock(1),', opensWithoutFlock, 10],
])('with %s', (_, opening, races) => {
  test('exactly one of three processes holds a ledger that all open at the same time, new or existing, by any link', async () => {
    const openers = [1, 2, 3].map(() => startOpener(opening));
    const holders: number[] = [];
    for (let count = 0; count < races; count += 1) {
      const path = join(place.folder, String(count));
      holders.push(await race(openers, [path]));
      holders.push(await race(openers, [path]));
      holders.push(await race(openers, await linkedPaths(`links ${String(count)}`)));
    }
    expect(holders).toEqual(holders.map(() => 1));
  });

  test('another process can open a ledger as soon as the one that held it has been killed', async () => {
    const next = startOpener(opening);
    const paths = await linkedPaths('links');
    for (const path of paths) {
      const holder = startOpener(opening);
      expect(await holder.open(place.path)).toBeUndefined();
      expect(await next.open(place.path)).toMatch(/is in use/);
      await holder.kill('SIGKILL');
      expect(await race([next], [path])).toBe(1);
      expect(await race([next], [place.path])).toBe(1);
    }
  });
});

test('a process that is suspended keeps its ledger', async () => {
  const holder = startOpener(opensLedgers);
  expect(await holder.open(place.path)).toBeUndefined();
  await holder.kill('SIGSTOP');
  await expect(openLedger(place.path, subject)).rejects.toThrow(/is in use/);
  await holder.kill('SIGKILL');
  await expect(using(place.path, () => true)).resolves.toBe(true);
});

test.each([
  ['our own process id', `${String(process.pid)} ${hostname()}`],
  ['a process of another host', '1 container-7f3a'],
])('a lock file of an earlier version, which names %s, does not block', async (_, holder) => {
  await writeFile(`${place.path}.lock`, holder);
  await expect(using(place.path, () => true)).resolves.toBe(true);
});

test('a ledger leaves no other files behind', async () => {
  await using(place.path, async () => {
    expect(await readdir(place.folder)).toEqual(['ledger.ndjson']);
  });
  expect(await readdir(place.folder)).toEqual(['ledger.ndjson']);
});
