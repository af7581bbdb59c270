import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { link, mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { createSimulator, type Simulator } from '../simulator/index.js';
import {
  contactsToCompanies,
  createSignal,
  program,
  run,
  start,
  summary,
  useWorkspace,
  withToken,
  type CommandRun,
} from './test-support.js';

const workspace = useWorkspace();
let ledger: string;
beforeEach(() => {
  ledger = workspace.path('ledger.ndjson');
});

/** The arguments of a run against a server, with ten rows per request. */
function args(input: string, url: string, concurrency = 1): string[] {
  const pace = ['--batch-size', '10', '--concurrency', String(concurrency), '--allowance', 'none'];
  return ['create', input, ...contactsToCompanies, '--base-url', url, '--ledger', ledger, '--json', '--quiet', ...pace];
}

describe('create --ledger', () => {
  test('resumes after a stop without resending finished rows', async () => {
    const simulator = createSimulator();
    let open = false;
    const url = await workspace.serve((request) =>
      open || simulator.requests() < 2
        ? simulator.fetch(request)
        : Promise.resolve(Response.json({ message: 'enough', policyName: 'DAILY' }, { status: 429 })),
    );
    const command = args(await workspace.pairs(50), url);
    const stopped = await run(command, withToken);
    expect(stopped.exitCode).toBe(3);
    expect(summary(stopped)).toMatchObject({ created: 20, unsent: 30, stopped: { reason: 'refused' } });
    open = true;
    const finished = await run(command, withToken);
    expect(finished.exitCode).toBe(0);
    expect(summary(finished)).toMatchObject({ created: 50, requests: 3, rowsOfEarlierRuns: 20 });
    expect(simulator.counts()).toMatchObject({ associated: 50, unchanged: 0 });
  });

  test('reports refused rows again, with their reason, and does not resend them', async () => {
    const simulator = createSimulator({ records: { contacts: ['1'], companies: 10 } });
    const rejects = workspace.path('rejects.csv');
    const command = [...args(await workspace.pairs(3), await workspace.serve(simulator.fetch)), '--rejects', rejects];
    await run(command, withToken);
    const first = await readFile(rejects, 'utf8');
    const again = await run(command, withToken);
    expect(again.exitCode).toBe(2);
    expect(summary(again)).toMatchObject({ created: 1, failed: 2, requests: 0 });
    expect(await readFile(rejects, 'utf8')).toBe(first);
  });

  test('resends unconfirmed rows', async () => {
    const simulator = createSimulator({ faults: { faults: [{ kind: 'empty-complete', at: [1, 2] }] } });
    const command = args(await workspace.pairs(10), await workspace.serve(simulator.fetch));
    expect(summary(await run(command, withToken))).toMatchObject({ unconfirmed: 10 });
    expect(summary(await run(command, withToken))).toMatchObject({ created: 10, requests: 1 });
  });

  test('loses nothing if it is killed, and then resends only the batches in progress', async () => {
    const simulator = createSimulator();
    const url = await workspace.serve(simulator.fetch);
    const concurrency = 4;
    const command = args(await workspace.pairs(600), url, concurrency);
    let kills = 0;
    for (const requests of [1, 7, 15, 24, 40, 55]) {
      const { child, ended } = start(command, withToken);
      while (simulator.requests() < requests && child.exitCode === null)
        await new Promise((resolve) => setImmediate(resolve));
      kills += 1;
      child.kill('SIGKILL');
      await ended;
    }
    const last = await run(command, withToken);
    expect(last.exitCode).toBe(0);
    expect(summary(last)).toMatchObject({ rows: 600, created: 600 });
    const { associated, unchanged } = simulator.counts();
    expect(associated).toBe(600);
    expect(unchanged).toBeLessThanOrEqual(kills * concurrency * 10);
  });

  test('stops if the disk becomes full, counts only recorded rows, and resumes when there is room', async () => {
    const simulator = createSimulator();
    const command = args(await workspace.pairs(300), await workspace.serve(simulator.fetch));
    // A limit on the size of files simulates a full disk.
    const child = spawn('sh', ['-c', 'ulimit -f 8 && exec "$@"', 'sh', process.execPath, program, ...command], {
      env: { PATH: process.env['PATH'], ...withToken },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let stdout = '';
    child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
    const [exitCode] = (await once(child, 'close')) as [number];
    expect(exitCode).toBe(3);
    const stopped = JSON.parse(stdout) as { created: number; unconfirmed: number; stopped: { message: string } };
    expect(stopped.stopped.message).toMatch(/The ledger cannot be written: .*Free some space/);
    expect(stopped.unconfirmed).toBeGreaterThan(0);

    const finished = await run(command, withToken);
    expect(finished.exitCode).toBe(0);
    expect(summary(finished)).toMatchObject({ created: 300, rowsOfEarlierRuns: stopped.created });
  });

  test('is used by one process at a time, by whatever link', async () => {
    const [released, inProgress] = [createSignal(), createSignal()];
    const simulator = createSimulator();
    const url = await workspace.serve(async (request) => {
      inProgress.give();
      await released.given;
      return simulator.fetch(request);
    });
    const command = args(await workspace.pairs(5), url);
    const first = start(command, withToken);
    await inProgress.given;
    const links = [workspace.path('symbolic'), workspace.path('hard')] as const;
    await symlink(ledger, links[0]);
    await link(ledger, links[1]);
    for (const path of [ledger, ...links]) {
      const second = await run([...command, '--ledger', path], withToken);
      expect(second).toMatchObject({ exitCode: 1, stdout: expect.stringMatching(/^\{"error":.*\n$/) });
      expect(second.stderr).toMatch(/is in use by another process/);
    }
    released.give();
    expect((await first.ended).exitCode).toBe(0);
    expect(await readdir(workspace.folder)).toEqual(['hard', 'ledger.ndjson', 'pairs.csv', 'symbolic']);
  });

  test('in a folder that cannot be written sends nothing', async () => {
    const simulator = createSimulator();
    const input = await workspace.pairs(5);
    const closed = workspace.path('closed');
    await mkdir(closed, 0o500);
    // Root may write everywhere except in the kernel's own file systems.
    ledger = `${process.getuid?.() === 0 ? '/proc' : closed}/ledger.ndjson`;
    const result = await run(args(input, await workspace.serve(simulator.fetch)), withToken);
    expect(result).toMatchObject({ exitCode: 1, stdout: expect.stringMatching(/^\{"error":.*\n$/) });
    expect(result.stderr).toMatch(/^ledger: cannot be written: E[A-Z]+/);
    expect(simulator.requests()).toBe(0);
  });

  test('with rows that the file cannot have is refused immediately, with the line', async () => {
    const simulator = createSimulator();
    const command = args(await workspace.pairs(5), await workspace.serve(simulator.fetch));
    expect((await run(command, withToken)).exitCode).toBe(0);
    const text = await readFile(ledger, 'utf8');
    await writeFile(ledger, text.replace('"created":[[2,6]]', '"created":[[2,4000000000]]'));
    const { exitCode, stderr } = await run(command, withToken);
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/^ledger: line \d of .*4000000000/);
  });

  test('copies standard input first', async () => {
    const simulator = createSimulator();
    const command = args('-', await workspace.serve(simulator.fetch));
    const rows = 'from_id,to_id\n1,2\n3,4\n';
    expect((await run(command, withToken, rows)).exitCode).toBe(0);
    expect(summary(await run(command, withToken, rows))).toMatchObject({ created: 2, requests: 0 });
    expect(await run(command, withToken, `${rows}5,6\n`)).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('another file') }); // prettier-ignore
  });
});

describe('rows of a file that name the same pair', () => {
  test('are sent once, with all types, and each has the outcome', async () => {
    const far = Array.from({ length: 100 }, (_, index) => `${String(index + 10)},1,HUBSPOT_DEFINED,279`);
    const input = await workspace.file(
      'labels.csv',
      ['from_id,to_id,category,type_id', '1,2,HUBSPOT_DEFINED,279', ...far, '1,2,HUBSPOT_DEFINED,1', '999,1,HUBSPOT_DEFINED,279', '999,1,HUBSPOT_DEFINED,1'].join('\n'), // prettier-ignore
    );
    const simulator = createSimulator({ records: { contacts: { allExcept: ['999'] }, companies: 10 } });
    const result = await run(args(input, await workspace.serve(simulator.fetch)), withToken);
    expect(summary(result)).toMatchObject({ rows: 104, created: 102, failed: 2, mergedRows: 2 });
    const pair = simulator.associations('contacts', 'companies').find(({ toObjectId }) => toObjectId === '2');
    expect(pair?.types.map(({ associationTypeId }) => associationTypeId)).toEqual([279, 1]);
    expect(simulator.counts()).toMatchObject({ replaced: 0, unchanged: 0 });
  });
});

describe('a file that is overwritten while it is read', () => {
  /** Large enough that most of it is still unread when the first request arrives. */
  const rows = (company: string): string =>
    ['from_id,to_id', ...Array.from({ length: 30_000 }, (_, index) => `${String(100_000 + index)},${company}`)].join('\n'); // prettier-ignore

  /** Runs the command against a server that overwrites the file at its first request. */
  async function commandFor(input: string, simulator: Simulator): Promise<string[]> {
    const url = await workspace.serve(async (request) => {
      if (simulator.requests() === 0) await writeFile(input, rows('2'));
      return simulator.fetch(request);
    });
    return [...args(input, url, 2), '--batch-size', '500'];
  }

  /** Restores the file. The same command then resumes, and associates each row once. */
  async function finish(command: string[], input: string, simulator: Simulator, again: number): Promise<void> {
    expect(await run(command, withToken)).toMatchObject({
      exitCode: 1,
      stdout: expect.stringMatching(/^\{"error":.*\n$/),
    });
    await writeFile(input, rows('1'));
    expect((await run(command, withToken)).exitCode).toBe(0);
    const associations = simulator.associations('contacts', 'companies');
    expect(associations).toHaveLength(30_000);
    expect(associations.every(({ toObjectId }) => toObjectId === '1')).toBe(true);
    expect(simulator.counts().unchanged).toBeLessThanOrEqual(again);
  }

  test('associates no row of the new content, and can be resumed once the file is restored', async () => {
    const input = await workspace.file('pairs.csv', rows('1'));
    const simulator = createSimulator();
    const command = await commandFor(input, simulator);
    const stopped: CommandRun = await run(command, withToken);
    expect(stopped.exitCode).toBe(3);
    expect(summary(stopped)).toMatchObject({ rows: 30_000, stopped: { reason: 'source' } });
    await finish(command, input, simulator, 0);
  });

  test('has the same protection if the run is killed and resumed', async () => {
    const input = await workspace.file('pairs.csv', rows('1'));
    const simulator = createSimulator();
    const command = await commandFor(input, simulator);
    const { child, ended } = start(command, withToken);
    while (simulator.requests() < 3) await new Promise((resolve) => setImmediate(resolve));
    child.kill('SIGKILL');
    await ended;
    await finish(command, input, simulator, 1_000);
  });
});
