import { access, readdir, readFile } from 'node:fs/promises';
import { describe, expect, test } from '@jest/globals';
import { createSimulator } from '../simulator/index.js';
import { contactsToCompanies, run, start, summary, token, useWorkspace, withToken } from './test-support.js';

const workspace = useWorkspace();

/** The report of a ledger, as JSON. */
async function status(ledger: string): Promise<Record<string, unknown>> {
  return summary(await run(['status', ledger, '--json']));
}

async function createArgs(fetch: (request: Request) => Promise<Response>, rows: number): Promise<string[]> {
  const pace = ['--batch-size', '10', '--concurrency', '2', '--quiet'];
  return ['create', await workspace.pairs(rows), ...contactsToCompanies, '--base-url', await workspace.serve(fetch), ...pace]; // prettier-ignore
}

describe('create --report', () => {
  test('writes a page of the run, with the retries of its requests and without the token', async () => {
    const faults = { faults: [{ kind: 'status' as const, status: 503, at: [2] }] };
    const simulator = createSimulator({ faults });
    const [ledger, page] = [workspace.path('run.ndjson'), workspace.path('run.html')];
    const args = await createArgs(simulator.fetch, 40);
    const made = await run([...args, '--ledger', ledger, '--report', page, '--allowance', '190/10'], withToken);
    expect(made).toMatchObject({ exitCode: 0 });
    expect(made.stdout).toContain(`The report is in ${page}.`);
    expect(await status(ledger)).toMatchObject({
      ...{ state: 'finished', rows: 40, pending: 0, outcomes: { created: 40 }, batches: 4, requests: 5 },
      ...{ allowance: { requests: 190, perMs: 10_000 }, retries: { count: 1, after: [{ cause: '503', count: 1 }] } },
    });
    expect(await readFile(page, 'utf8')).toContain('All 40 rows associated');
    for (const file of [ledger, page]) expect(await readFile(file, 'utf8')).not.toContain(token);
  });

  test('needs no ledger, and leaves none behind', async () => {
    const page = workspace.path('run.html');
    const args = await createArgs(createSimulator().fetch, 5);
    const made = await run([...args, '--report', page, '--json'], { ...withToken, TMPDIR: workspace.folder });
    expect(summary(made)).toMatchObject({ created: 5 });
    expect(summary(made)).not.toHaveProperty('ledger');
    expect(made.stderr).toContain(`The report is in ${page}.`);
    expect(await readFile(page, 'utf8')).toContain('All 5 rows associated');
    expect((await readdir(workspace.folder)).sort()).toEqual(['pairs.csv', 'run.html']);
  });

  test('sends nothing if the page cannot be written', async () => {
    const simulator = createSimulator();
    const args = await createArgs(simulator.fetch, 5);
    const refused = await run([...args, '--report', workspace.path('none/run.html')], withToken);
    expect(refused).toMatchObject({ exitCode: 1, stdout: '' });
    expect(refused.stderr).toMatch(/--report: .*none\/run\.html cannot be written: there is no folder/);
    const same = await run([...args, '--report', workspace.path('pairs.csv')], withToken);
    expect(same.stderr).toMatch(/--report: .* is the same file as FILE/);
    expect(simulator.requests()).toBe(0);
  });
});

describe('status and report', () => {
  test('read the ledger of a run in progress and of a killed run, and say how to resume', async () => {
    const simulator = createSimulator();
    const fetch = (request: Request): Promise<Response> =>
      simulator.requests() < 2 ? simulator.fetch(request) : new Promise(() => undefined);
    const ledger = workspace.path('run.ndjson');
    const args = await createArgs(fetch, 50);
    const { child, ended } = start([...args, '--ledger', ledger], withToken);
    let report: Record<string, unknown> = {};
    while (report['batches'] !== 2) {
      report = await access(ledger).then(
        () => status(ledger),
        () => ({}),
      );
    }
    expect(report).toMatchObject({ state: 'open', rows: 50, pending: 30, outcomes: { created: 20 } });
    child.kill('SIGKILL');
    await ended;
    const text = await run(['status', ledger]);
    expect(text.exitCode).toBe(0);
    expect(text.stdout.trimEnd().split('\n')).toHaveLength(10);
    expect(text.stdout).toMatch(/rows +50 {2}= 20 \+ 0 \+ 0 \+ 0 \+ 0 \+ 30 not recorded yet/);
    const [, command = ''] = /To resume: hubspot-associations (.*)/.exec(text.stdout) ?? [];
    expect(command.split(' ')).toEqual([...args, '--ledger', ledger]);
    const page = await run(['report', ledger], {});
    expect(page.stdout).toContain(`The report is in ${ledger}.html.`);
    expect(await readFile(`${ledger}.html`, 'utf8')).toContain('No end recorded');
  });

  test.each([
    ['a file that is not a ledger', 'from_id,to_id\n1,2\n', /is not empty and is not a ledger/],
    ['no file at all', undefined, /cannot be read: there is no such file/],
    ['an empty file', '', /no record/],
  ])('refuse %s', async (_, content, message) => {
    const path = content === undefined ? workspace.path('none') : await workspace.file('other', content);
    for (const command of ['status', 'report']) {
      const refused = await run([command, path]);
      expect(refused).toMatchObject({ exitCode: 1, stdout: '' });
      expect(refused.stderr).toMatch(message);
      expect(refused.stderr).not.toContain('    at ');
    }
    expect(await run(['status'])).toMatchObject({ exitCode: 1 });
  });
});
