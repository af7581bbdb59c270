import { readFile } from 'node:fs/promises';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { createSimulator } from '../simulator/index.js';
import {
  contactsToCompanies,
  createSignal,
  run,
  start,
  useWorkspace,
  withToken,
  type Command,
} from './test-support.js';

const types = [...contactsToCompanies, '--json'];
const simulated = [...types, '--simulate'];

const workspace = useWorkspace();
let rejects: string;
beforeEach(() => {
  rejects = workspace.path('rejects.csv');
});

describe('rejects', () => {
  test('keep every column of the file, and add their own', async () => {
    const input = await workspace.file('pairs.csv', 'Name,from_id,to_id,message\n"A, B",1,999,why not\n');
    await run(['create', input, ...simulated, '--rejects', rejects]);
    const [header, row] = (await readFile(rejects, 'utf8')).split('\n');
    expect(header).toBe('Name,from_id,to_id,message,row,outcome,error_category,rejected_message,correlation_id');
    expect(row).toMatch(/^"A, B",1,999,why not,2,failed,/);
  });

  test('can be used as an input, and their outcome columns are replaced', async () => {
    const input = await workspace.file('pairs.csv', 'from_id,to_id\n1,999\n2,5\n');
    await run(['create', input, ...simulated, '--rejects', rejects]);
    const again = workspace.path('again.csv');
    const { stdout } = await run(['create', rejects, ...simulated, '--rejects', again]);
    expect(JSON.parse(stdout)).toMatchObject({ rows: 1, failed: 1 });
    expect(await readFile(again, 'utf8')).toBe(await readFile(rejects, 'utf8'));
  });

  test('replace their outcome columns even if a column of the file has one of their names', async () => {
    const input = await workspace.file('pairs.csv', 'row,from_id,to_id,message\na,1,999,why not\n');
    await run(['create', input, ...simulated, '--rejects', rejects]);
    const again = workspace.path('again.csv');
    await run(['create', rejects, ...simulated, '--rejects', again]);
    expect(await readFile(again, 'utf8')).toBe(await readFile(rejects, 'utf8'));
  });

  test('of an NDJSON file can be used as an input, too', async () => {
    const input = await workspace.file('pairs.ndjson', '{"from":{"id":"1"},"to":{"id":"999"}}\n');
    await run(['create', input, ...simulated, '--rejects', rejects]);
    const { stdout } = await run(['create', rejects, ...simulated]);
    expect(JSON.parse(stdout)).toMatchObject({ rows: 1, failed: 1 });
  });

  test('never overwrite the input', async () => {
    const content = 'from_id,to_id\n1,5\n';
    const input = await workspace.file('pairs.csv', content);
    const { exitCode, stderr } = await run(['create', input, ...simulated, '--rejects', input]);
    expect(exitCode).toBe(1);
    expect(stderr).toContain('is the same file as FILE');
    expect(await readFile(input, 'utf8')).toBe(content);
  });

  test('that cannot be opened stop the command before anything is sent', async () => {
    const input = await workspace.file('pairs.csv', 'from_id,to_id\n1,5\n');
    const result = await run(['create', input, ...simulated, '--rejects', workspace.path('no/x.csv')]);
    expect(result).toMatchObject({
      exitCode: 1,
      stdout: expect.stringContaining('"error"'),
      stderr: expect.stringMatching(/--rejects: .*there is no folder .*Create it first/),
    });
  });

  test('contain no valid rows of a dry run', async () => {
    const input = await workspace.file('pairs.csv', 'from_id,to_id\n1,5\n,5\n');
    await run(['create', input, ...types, '--dry-run', '--rejects', rejects]);
    expect((await readFile(rejects, 'utf8')).trimEnd().split('\n')).toHaveLength(2);
  });
});

test('a failure to write the rejects ends the run gracefully, with the reason', async () => {
  const simulator = createSimulator();
  // The second request gets no reply: only the failure ends the run.
  const url = await workspace.serve((request) =>
    simulator.requests() === 0 ? simulator.fetch(request) : new Promise(() => undefined),
  );
  const input = await workspace.file('pairs.csv', 'from_id,to_id\n1,5\n,5\n2,5\n3,5\n');
  const target = ['--base-url', url, '--batch-size', '1', '--concurrency', '1', '--rejects', '/dev/full'];
  const { exitCode, stdout, stderr } = await run(['create', input, ...types, ...target], withToken);
  expect({ exitCode, stderr }).toEqual({ exitCode: 3, stderr: '' });
  expect(JSON.parse(stdout)).toMatchObject({ rows: 4, invalid: 1 });
  expect(stdout).toContain('/dev/full cannot be written: the disk is full.');
});

test('a failure to write the rejects of a dry run is reported, even after all rows have been read', async () => {
  const input = await workspace.file('pairs.csv', 'from_id,to_id\n,5\n');
  const { exitCode, stdout } = await run(['create', input, ...types, '--dry-run', '--rejects', '/dev/full']);
  expect(exitCode).toBe(3);
  expect(stdout).toContain('/dev/full cannot be written: the disk is full.');
});

test('rows that could not be listed are not claimed to be in the rejects', async () => {
  const url = await workspace.serve(createSimulator().fetch);
  const rows = Array.from({ length: 12_000 }, (_, index) => `${String(index % 6_000)},5,${'n'.repeat(500)}\n`);
  const input = await workspace.file('pairs.csv', `from_id,to_id,note\n,5,\n${rows.join('')}`);
  const target = [...contactsToCompanies, '--base-url', url, '--rejects', rejects];
  // Temporary files are needed, but cannot be written.
  const { stdout } = await run(['create', input, ...target], { ...withToken, TMPDIR: input });
  expect(stdout).toContain('Every row that was read and not associated is in');
  const [, unlisted = ''] =
    /([\d,]+) of the unsent rows were not read again, and are missing from the lists/.exec(stdout) ?? [];
  const listed = (await readFile(rejects, 'utf8')).trimEnd().split('\n').length - 1;
  expect(listed + Number(unlisted.replaceAll(',', ''))).toBe(12_001);
});

test('temporary files that cannot be removed do not fail the run', async () => {
  const url = await workspace.serve(createSimulator().fetch);
  const input = await workspace.pairs(3);
  const target = [...types, '--quiet', '--base-url', url];
  const result = await run(['create', input, ...target], { ...withToken, TMPDIR: input });
  expect(result).toMatchObject({ exitCode: 0, stderr: '' });
});

test('a reader that closes the output early does not end the run', async () => {
  const input = await workspace.file('many.csv', `from_id,to_id\n${'1,5\n'.repeat(20_000)}2,999\n`);
  const { child, ended } = start(['create', input, ...simulated, '--rejects', rejects, '--batch-size', '100']);
  child.stdout.destroy();
  child.stderr.destroy();
  expect((await ended).exitCode).toBe(2);
  expect(await readFile(rejects, 'utf8')).toContain('2,999,20002,failed');
});

describe('standard input that continues after the run has stopped', () => {
  /** Sends one row, whose request is refused, so the run stops. */
  async function stopped(): Promise<Command> {
    const arrived = createSignal();
    const url = await workspace.serve(() => {
      arrived.give();
      return Promise.resolve(Response.json({ category: 'INVALID_AUTHENTICATION' }, { status: 401 }));
    });
    const command = start(['create', '-', ...types, '--base-url', url, '--batch-size', '1'], withToken);
    command.child.stdin.write('from_id,to_id\n1,5\n'.padEnd(20_000, '\n'));
    await arrived.given;
    return command;
  }

  test('is read to its end, and every row is accounted for', async () => {
    const { child, ended } = await stopped();
    child.stdin.end('2,5\n3,5\n,5\n');
    const { exitCode, stdout } = await ended;
    expect(exitCode).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ rows: 4, unsent: 3, invalid: 1 });
  });

  test('is no longer read after an interrupt', async () => {
    const { child, ended } = await stopped();
    child.kill('SIGINT');
    expect(JSON.parse((await ended).stdout)).toMatchObject({ rows: 1, unsent: 1, stopped: { reason: 'refused' } });
  });
});
