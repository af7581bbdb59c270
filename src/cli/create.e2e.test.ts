import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import { createSimulator } from '../simulator/index.js';
import {
  contactsToCompanies as types,
  createSignal,
  interruptTwice,
  run,
  start,
  summary,
  token,
  useWorkspace,
  withToken,
} from './test-support.js';

const sample = join(import.meta.dirname, '..', '..', 'samples', 'contacts-to-companies.csv');
const workspace = useWorkspace();

function csv(...rows: string[]): Promise<string> {
  return workspace.file('pairs.csv', ['from_id,to_id,note', ...rows, ''].join('\n'));
}

async function listen(answer: (request: Request) => Promise<Response>): Promise<string[]> {
  return ['--base-url', await workspace.serve(answer)];
}

describe('create, on the sample file', () => {
  test('accounts for every row, and exits with 2 because some were not associated', async () => {
    const rejects = workspace.path('rejects.csv');
    const result = await run(['create', sample, ...types, '--simulate', '--json', '--rejects', rejects]);
    expect(result.exitCode).toBe(2);
    expect(summary(result)).toMatchObject({
      rows: 4_786,
      created: 4_768,
      failed: 9,
      invalid: 9,
      unconfirmed: 0,
      unsent: 0,
      requests: 3,
      stopped: null,
      exitCode: 2,
    });

    const rejected: Record<string, string>[] = parse(await readFile(rejects), { columns: true });
    expect(rejected).toHaveLength(18);
    const lines: string[][] = parse(await readFile(sample), { relax_column_count: true });
    expect(rejected.every(({ from_id, to_id }) => lines.some(([from, to]) => from === from_id && to === to_id))).toBe(
      true,
    );
    expect(rejected.find(({ row }) => row === '1207')).toMatchObject({
      category: 'DECISION_MAKER',
      company: 'Ueda Analytics',
      outcome: 'invalid',
    });
  });

  test('prints the number of rows with each outcome, which add up', async () => {
    const { stdout, stderr } = await run(['create', sample, ...types, '--simulate']);
    expect(stdout).toContain('rows         4,786  = 4,768 + 9 + 9 + 0 + 0');
    expect(stdout).toContain('No company with ID 9991400212 exists');
    expect(stdout).toContain('3 invalid: column to_id is empty.\n        row 1470; alike: 4269, 4400');
    expect(stdout).toContain('The simulated account holds 4,768 associations now.');
    expect(stderr).not.toContain('\u001b');
  });
});

const once = ['--max-attempts', '1'];

describe('create, against a server', () => {
  test('associates every row and exits with 0', async () => {
    const simulator = createSimulator({ accessTokens: [token] });
    const result = await run(
      ['create', await workspace.pairs(5), ...types, '--batch-size', '2', ...(await listen(simulator.fetch))],
      withToken,
    );
    expect(result.exitCode).toBe(0);
    expect(simulator.requests()).toBe(3);
    expect(simulator.associations('contacts', 'companies')).toHaveLength(5);
    expect(result.stdout + result.stderr).not.toContain(token);
  });

  test('reads NDJSON from standard input', async () => {
    const simulator = createSimulator();
    const args = ['create', '-', ...types, '--quiet', ...(await listen(simulator.fetch))];
    const result = await run(
      args,
      withToken,
      '{"from":{"id":"1"},"to":{"id":"2"}}\n{"from":{"id":3},"to":{"id":"4"}}\n',
    );
    expect(result).toMatchObject({ exitCode: 2, stderr: '' });
    expect(result.stdout).toContain('Write ids in quotes, "3"');
    expect(simulator.associations('contacts', 'companies')).toMatchObject([{ fromObjectId: '1', toObjectId: '2' }]);
  });

  test('that refuses the token exits with 1, since nothing was done', async () => {
    const target = await listen(createSimulator({ accessTokens: ['another'] }).fetch);
    const result = await run(['create', await workspace.pairs(3), ...types, '--json', ...target], withToken);
    expect(result.exitCode).toBe(1);
    expect(summary(result)).toMatchObject({ rows: 3, unsent: 3, stopped: { reason: 'refused' } });
    expect(result.stdout + result.stderr).not.toContain(token);
  });

  test('that refuses the token halfway exits with 3, and every row has its outcome', async () => {
    const simulator = createSimulator();
    const target = await listen(async (request) =>
      simulator.requests() < 2
        ? simulator.fetch(request)
        : Response.json({ message: 'slow down', policyName: 'DAILY', errorType: 'RATE_LIMIT' }, { status: 429 }),
    );
    const options = ['--json', '--batch-size', '10', '--concurrency', '1'];
    const result = await run(['create', await workspace.pairs(1_000), ...types, ...options, ...target], withToken);
    expect(result.exitCode).toBe(3);
    expect(summary(result)).toMatchObject({ rows: 1_000, created: 20, unsent: 980, requests: 3 });
    expect(result.stdout).toContain('after midnight');
  });

  test('that is not listening exits with 1', async () => {
    const target = ['--base-url', 'http://127.0.0.1:1'];
    const result = await run(['create', await workspace.pairs(3), ...types, '--json', ...once, ...target], withToken);
    expect(result.exitCode).toBe(1);
    expect(summary(result)).toMatchObject({ unsent: 3, stopped: { reason: 'unreachable' } });
  });

  test('with unreadable replies leaves its rows unconfirmed, and exits with 2', async () => {
    const target = await listen(() => Promise.resolve(new Response('<html>', { status: 201 })));
    const result = await run(['create', await workspace.pairs(3), ...types, '--json', ...once, ...target], withToken);
    expect(result.exitCode).toBe(2);
    expect(summary(result)).toMatchObject({ unconfirmed: 3 });
  });

  test('ends at the second interrupt: rows in progress are unconfirmed, and it exits with 3', async () => {
    const arrived = createSignal();
    const target = await listen(() => {
      arrived.give();
      return new Promise(() => undefined);
    });
    const options = ['--json', '--batch-size', '2', '--concurrency', '1'];
    const command = start(['create', await workspace.pairs(5), ...types, ...options, ...target], withToken);
    await arrived.given;
    await interruptTwice(command);
    const result = await command.ended;
    expect(result.exitCode).toBe(3);
    expect(summary(result)).toMatchObject({ created: 0, unconfirmed: 2, stopped: { reason: 'aborted' } });
  });
});

describe('create, on a file that breaks off', () => {
  test('associates the rows before that, and exits with 3', async () => {
    const file = await csv('1,2,', '3,4,', '5,6,"never closed', '7,8,');
    const result = await run([
      'create',
      file,
      ...types,
      '--simulate',
      '--json',
      '--batch-size',
      '1',
      '--concurrency',
      '1',
    ]);
    expect(result.exitCode).toBe(3);
    expect(summary(result)).toMatchObject({ rows: 2, stopped: { reason: 'source' } });
    expect(result.stdout).toContain('row 4: the file cannot be read from here on');
  });
});

describe('create --dry-run', () => {
  test('checks every row, sends nothing, and needs no token', async () => {
    const result = await run(['create', await csv('1,2,', ',2,'), ...types, '--dry-run', '--json']);
    expect(result.exitCode).toBe(2);
    expect(summary(result)).toMatchObject({
      rows: 2,
      invalid: 1,
      unsent: 1,
      requests: 0,
      forecast: { requests: 1, pairs: 1 },
    });
    expect((await run(['create', await workspace.pairs(2), ...types, '--dry-run'])).exitCode).toBe(0);
  });
});

describe('create that cannot start exits with 1 and says why', () => {
  test.each([
    ['no file', ['create', ...types], /FILE: name the file/],
    ['two files', ['create', 'a.csv', 'b.csv', ...types], /FILE: name one file/],
    ['no --from', ['create', sample, '--to', 'companies'], /--from: name the object type/],
    ['an unknown option', ['create', sample, ...types, '--fast'], /--fast/],
    ['a wrong type', ['create', sample, ...types, '--type', 'PRIMARY'], /--type: write CATEGORY:ID/],
    ['a batch that is too large', ['create', sample, ...types, '--batch-size', '2001'], /--batch-size: .*1 to 2000/],
    ['a token on the command line', ['create', sample, ...types, '--token', 'x'], /--token/],
    ['a missing file', ['create', 'absent.csv', ...types, '--simulate'], /absent\.csv/],
    ['no token', ['create', sample, ...types], /HUBSPOT_ACCESS_TOKEN: set it/],
    [
      'an unknown object type of the simulator',
      ['create', sample, '--from', 'unicorns', '--to', 'companies', '--simulate'],
      /unicorns/,
    ],
    ['an unknown command', ['link'], /There is no command link/],
    ['no command', [], /Usage/],
  ])('%s', async (_, args, message) => {
    const result = await run(args);
    expect(result).toMatchObject({ exitCode: 1, stdout: '' });
    expect(result.stderr).toMatch(message);
    expect(result.stderr).not.toMatch(/^ {4}at /m);
  });

  test.each([['--help'], ['create', '--help'], ['simulate', '--help']])('but %s %s exits with 0', async (...args) => {
    const result = await run(args);
    expect(result).toMatchObject({ exitCode: 0, stderr: '' });
    expect(result.stdout).toContain('Usage: hubspot-associations');
  });
});
