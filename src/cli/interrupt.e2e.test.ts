import { readdir, readFile } from 'node:fs/promises';
import { describe, expect, test } from '@jest/globals';
import { createSimulator, type Simulator } from '../simulator/index.js';
import {
  contactsToCompanies,
  createSignal,
  interruptTwice,
  run,
  sayingWhenReady,
  start,
  summary,
  useWorkspace,
  withToken,
  type CommandRun,
} from './test-support.js';

const workspace = useWorkspace();
const pace = ['--concurrency', '2', '--allowance', 'none'];

describe('a second interrupt in the middle of a long file', () => {
  const rows = 200_000;
  const sent = 9;

  /** Interrupts a run of a hundred requests during the tenth. */
  async function interrupted(simulator: Simulator, ...more: string[]): Promise<CommandRun> {
    const inProgress = createSignal();
    const url = await workspace.serve((request) => {
      if (simulator.requests() < sent) return simulator.fetch(request);
      inProgress.give();
      return new Promise(() => undefined);
    });
    const args = ['create', await workspace.pairs(rows), ...contactsToCompanies, ...pace, '--quiet'];
    const command = start([...args, '--base-url', url, ...more], withToken);
    await inProgress.given;
    await interruptTwice(command);
    return command.ended;
  }

  test('counts every row, and says how many rows are missing from the lists and how to resume', async () => {
    const result = await interrupted(createSimulator());
    expect(result.exitCode).toBe(3);
    expect(result.stdout).toMatch(/rows +200,000 {2}= 1\d,000 \+ 0 \+ 0 \+ [24],000 \+ 1\d\d,\d{3}\n/);
    expect(result.stdout).toMatch(
      /1\d\d,\d{3} of the unsent rows were not read again, and are missing from the lists\./,
    );
    expect(result.stdout).toContain('To resume, run the same command again');
  });

  test('leaves every row that was not associated in the rejects, from which a run can resume', async () => {
    const simulator = createSimulator();
    const rejects = workspace.path('rejects.csv');
    const result = await interrupted(simulator, '--rejects', rejects, '--json');
    expect(result.exitCode).toBe(3);
    const counts = summary(result) as Record<'rows' | 'created' | 'unconfirmed' | 'unsent', number>;
    expect(counts).toMatchObject({ rows, unread: 0 });
    expect(counts.created + counts.unconfirmed + counts.unsent).toBe(rows);
    const rejected = (await readFile(rejects, 'utf8')).trimEnd().split('\n').slice(1);
    expect(rejected).toHaveLength(rows - counts.created);

    const url = await workspace.serve(simulator.fetch);
    const again = ['create', rejects, ...contactsToCompanies, ...pace, '--base-url', url, '--quiet'];
    expect((await run(again, withToken)).exitCode).toBe(0);
    const { associated, unchanged } = simulator.counts();
    expect(associated).toBe(rows);
    // Rows in progress were sent twice.
    expect(unchanged).toBeLessThanOrEqual(counts.unconfirmed);
  });

  test('with a ledger says that the same command resumes the run', async () => {
    const result = await interrupted(createSimulator(), '--ledger', workspace.path('ledger.ndjson'));
    expect(result.exitCode).toBe(3);
    expect(result.stdout).toMatch(/Progress is recorded in .*ledger\.ndjson: run the same command again to resume\./);
  });
});

describe('one interrupt', () => {
  /** Interrupts a run of ten batches while two are in progress, and answers them afterwards. */
  async function interrupted(simulator: Simulator, ...more: string[]): Promise<CommandRun> {
    const bothUnderWay = createSignal();
    const answer = createSignal();
    let requests = 0;
    const url = await workspace.serve(async (request) => {
      requests += 1;
      if (requests === 2) bothUnderWay.give();
      await answer.given;
      return simulator.fetch(request);
    });
    const args = ['create', await workspace.pairs(100), ...contactsToCompanies, ...pace, '--batch-size', '10'];
    const command = start([...args, '--base-url', url, ...more], withToken);
    await bothUnderWay.given;
    command.child.kill('SIGINT');
    await command.printed('Finishing 2 requests in progress');
    answer.give();
    return command.ended;
  }

  test('finishes the requests in progress, sends nothing more, and says how to resume', async () => {
    const simulator = createSimulator();
    const { exitCode, stdout } = await interrupted(simulator);
    expect(exitCode).toBe(3);
    expect(stdout).toMatch(/rows +100 {2}= 20 \+ 0 \+ 0 \+ 0 \+ 80\n/);
    expect(stdout).toContain('To resume, run the same command again');
    expect(simulator.requests()).toBe(2);
  });

  test('leaves a ledger from which the same command resumes without sending a row twice', async () => {
    const simulator = createSimulator();
    const ledger = ['--ledger', workspace.path('ledger.ndjson')];
    const first = await interrupted(simulator, ...ledger, '--quiet');
    expect(first.stdout).toMatch(/Progress is recorded in .*ledger\.ndjson: run the same command again to resume\./);
    const url = await workspace.serve(simulator.fetch);
    // A ledger belongs to one target, so the same server is used again.
    const records = (await readFile(ledger[1] ?? '', 'utf8')).split('\n');
    const [begin = '', ...others] = records;
    await workspace.file('ledger.ndjson', [begin.replace(/http:[^"]*/, url), ...others].join('\n'));
    const args = [
      'create',
      workspace.path('pairs.csv'),
      ...contactsToCompanies,
      ...pace,
      '--batch-size',
      '10',
      ...ledger,
    ];
    expect((await run([...args, '--base-url', url], withToken)).exitCode).toBe(0);
    expect(simulator.counts()).toMatchObject({ associated: 100, unchanged: 0 });
  });
});

describe('an interrupt before any input has arrived', () => {
  test.each([['to be sent'], ['to be checked', '--dry-run'], ['with a ledger', '--ledger']])(
    'from standard input ends the command immediately: rows %s',
    async (_, ...mode) => {
      const options = mode.includes('--ledger') ? ['--ledger', workspace.path('ledger.ndjson')] : mode;
      const args = ['create', '-', ...contactsToCompanies, ...options];
      const { child, printed, ended } = start(args, { ...withToken, ...sayingWhenReady, TMPDIR: workspace.folder });
      await printed('ready');
      child.kill('SIGINT');
      const { exitCode, stdout, stderr } = await ended;
      expect({ exitCode, stdout }).toEqual({ exitCode: 3, stdout: '' });
      expect(stderr).toMatch(/^Interrupted while the file was being read.*Run the same command again\.$/m);
      expect(await readdir(workspace.folder)).toEqual([]);
    },
  );

  test('from a FIFO without a writer also ends it', async () => {
    const fifo = await workspace.fifo('pairs');
    const { child, printed, ended } = start(['create', fifo, ...contactsToCompanies], {
      ...withToken,
      ...sayingWhenReady,
    });
    await printed('ready');
    child.kill('SIGINT');
    expect(await ended).toMatchObject({ exitCode: 3, stderr: expect.stringContaining('Interrupted while') });
  });
});

describe('a copy of standard input', () => {
  /** Starts a run that copies its input, and writes the beginning of the input. */
  async function copying(...before: string[]): Promise<ReturnType<typeof start>> {
    const args = ['create', '-', ...contactsToCompanies, '--ledger', workspace.path('ledger.ndjson')];
    const command = start(args, { ...withToken, ...sayingWhenReady, TMPDIR: workspace.folder });
    await command.printed('ready');
    command.child.stdin.write(`from_id,to_id\n${'1,2\n'.repeat(50_000)}`);
    while ((await leftFolders()).every((name) => before.includes(name)))
      await new Promise((resolve) => setImmediate(resolve));
    return command;
  }

  const leftFolders = async (): Promise<string[]> =>
    (await readdir(workspace.folder)).filter((name) => name.startsWith('hubspot-associations-'));

  test('that is interrupted is not reported as a problem of TMPDIR, and leaves no files', async () => {
    const { child, ended } = await copying();
    child.kill('SIGINT');
    const { exitCode, stderr } = await ended;
    expect(exitCode).toBe(3);
    expect(stderr).toContain('Interrupted while the file was being read');
    expect(stderr).not.toContain('TMPDIR');
    expect(await readdir(workspace.folder)).toEqual([]);
  });

  test('that a killed process left is removed by the next run, but not that of a running process', async () => {
    const killed = await copying();
    killed.child.kill('SIGKILL');
    await killed.ended;
    const left = await leftFolders();
    expect(left).toHaveLength(1);

    const living = await copying(...left);
    await run(['create', await workspace.pairs(1), ...contactsToCompanies, '--simulate'], { TMPDIR: workspace.folder });
    const folders = await leftFolders();
    expect(folders).toHaveLength(1);
    expect(folders).not.toEqual(left);
    living.child.kill('SIGINT');
    await living.ended;
  });
});

test('a FIFO as ledger is refused without waiting', async () => {
  const fifo = await workspace.fifo('ledger');
  const args = ['create', await workspace.pairs(1), ...contactsToCompanies, '--simulate', '--ledger', fifo];
  expect(await run(args)).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('is a FIFO, not a regular') });
});
