import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { run, start, type Command, type CommandRun } from './test-support.js';

jest.setTimeout(30_000);

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'simulate-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function urlOf(simulator: Command): Promise<string> {
  const printed = await simulator.printed('Ctrl-C ends it.');
  return /http:\/\/127\.0\.0\.1:\d+/.exec(printed)?.[0] ?? '';
}

function createAt(url: string, ...options: string[]): Promise<CommandRun> {
  const types = ['--from', 'contacts', '--to', 'companies', '--type', 'HUBSPOT_DEFINED:279'];
  const args = ['create', '-', ...types, '--base-url', url, '--json', '--quiet', ...options];
  return run(args, { HUBSPOT_ACCESS_TOKEN: 'any' }, 'from_id,to_id\n1,5\n2,5\n999,5\n');
}

const oneByOne = ['--batch-size', '1', '--concurrency', '1', '--max-attempts', '1'];

describe('simulate', () => {
  test('serves an account that remembers associations between runs', async () => {
    const simulator = start(['simulate']);
    const url = await urlOf(simulator);
    expect((await createAt(url)).exitCode).toBe(2);
    expect((await createAt(url)).exitCode).toBe(2);
    simulator.child.kill('SIGTERM');
    const { exitCode, stdout } = await simulator.ended;
    expect(exitCode).toBe(0);
    expect(stdout).toContain('#1 207 POST /crm/associations/2025-09/contacts/companies/batch/create');
    expect(stdout).toContain('3 pairs: 2 new, 0 replaced, 0 as before, 1 refused');
    expect(stdout).toContain('3 pairs: 0 new, 0 replaced, 2 as before, 1 refused');
  });

  test('refuses requests beyond its allowance', async () => {
    const simulator = start(['simulate', '--allowance', '2/3600']);
    const { exitCode, stdout } = await createAt(await urlOf(simulator), ...oneByOne);
    simulator.child.kill('SIGTERM');
    await simulator.ended;
    expect(exitCode).toBe(3);
    expect(JSON.parse(stdout)).toMatchObject({ created: 2, unsent: 1, stopped: { reason: 'refused' } });
  });

  test('injects the faults of its plan', async () => {
    const plan = join(folder, 'plan.json');
    await writeFile(plan, JSON.stringify({ faults: [{ kind: 'reset-after', at: [2] }] }));
    const simulator = start(['simulate', '--faults', plan, '--seed', '7']);
    const { stdout } = await createAt(await urlOf(simulator), ...oneByOne);
    simulator.child.kill('SIGTERM');
    expect(JSON.parse(stdout)).toMatchObject({ created: 1, unconfirmed: 1, failed: 1 });
    expect((await simulator.ended).stdout).toContain('#2 no reply POST');
  });

  test.each([
    ['--port', ['--port', '99999'], /--port: give a whole number/],
    ['--allowance', ['--allowance', 'many'], /--allowance: write N\/SECONDS/],
    ['--faults', ['--faults', 'absent.json'], /--faults: absent\.json/],
    ['an option', ['--quick'], /--quick/],
  ])('says when %s cannot be used', async (_, args, message) => {
    const { exitCode, stderr } = await run(['simulate', ...args]);
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(message);
  });
});
