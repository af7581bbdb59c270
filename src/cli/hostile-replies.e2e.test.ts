import { stat } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import { createSimulator } from '../simulator/index.js';
import { contactsToCompanies, run, summary, useWorkspace, withToken, type CommandRun } from './test-support.js';

const workspace = useWorkspace();
const yearMs = 365 * 86_400_000;
const pace = ['--batch-size', '10', '--concurrency', '1', '--allowance', 'none', '--max-attempts', '1'];

interface Pair {
  readonly from: { id: string };
  readonly to: { id: string };
}

async function pairsOf(request: Request): Promise<Pair[]> {
  return ((await request.json()) as { inputs: Pair[] }).inputs;
}

function resultOf({ from, to }: Pair, typeIds = ['0-1', '0-2']): object {
  const [fromObjectTypeId, toObjectTypeId] = typeIds;
  return { fromObjectTypeId, fromObjectId: from.id, toObjectTypeId, toObjectId: to.id, labels: [] };
}

const times = { startedAt: '2026-03-30T09:15:02Z', completedAt: '2026-03-30T09:15:03Z' };

/** Associates the rows of a file against a server with these replies. */
async function createAgainst(
  answer: (request: Request) => Promise<Response> | Response,
  file: string,
  types = contactsToCompanies,
): Promise<CommandRun> {
  const url = await workspace.serve(async (request) => answer(request));
  return run(['create', file, ...types, '--base-url', url, ...pace, '--json', '--quiet'], withToken);
}

describe('a reply with huge errors', () => {
  const answer = (errorsOf: (ids: string[]) => object[]) => async (request: Request) => {
    const pairs = await pairsOf(request);
    const errors = errorsOf(pairs.map(({ from }) => from.id));
    return Response.json({ status: 'COMPLETE', ...times, results: [], errors }, { status: 207 });
  };

  test('for all rows is shortened in the outcome of each', async () => {
    const url = await workspace.serve(
      answer((ids) => [{ message: 'no'.repeat(500_000), context: { fromObjectId: ids } }]),
    );
    const [ledger, rejects] = [workspace.path('ledger'), workspace.path('rejects.csv')];
    const target = [...contactsToCompanies, '--base-url', url, '--json', '--quiet'];
    const result = await run(['create', await workspace.pairs(1_000), ...target, '--ledger', ledger, '--rejects', rejects], withToken); // prettier-ignore
    expect(result).toMatchObject({ exitCode: 2, stderr: '' });
    expect(summary(result)).toMatchObject({ rows: 1_000, failed: 1_000, stopped: null });
    for (const path of [ledger, rejects]) expect((await stat(path)).size).toBeLessThan(1_000_000);
  });

  test('for none of its rows leaves a readable ledger', async () => {
    const unrelated = Array.from({ length: 10 }, (_, index) => ({ message: String(index).repeat(400_000) }));
    const url = await workspace.serve(answer(() => unrelated));
    const ledger = workspace.path('ledger');
    const target = [...contactsToCompanies, '--base-url', url, '--json', '--quiet', '--ledger', ledger];
    const result = await run(['create', await workspace.pairs(3), ...target], withToken);
    expect(summary(result)).toMatchObject({ unconfirmed: 3, unmatchedErrors: 20 });
    expect((await stat(ledger)).size).toBeLessThan(2_000_000);
  });
});

describe('a server that asks for an absurdly long wait', () => {
  const waits = ['9999999999999', '9'.repeat(20), '9'.repeat(400), 'Sat, 13 Sep 275760 00:00:00 GMT'];

  test.each([429, 477].flatMap((status) => waits.map((wait) => [status, wait] as const)))(
    'with %d and Retry-After %s stops the run gracefully, and created rows are kept',
    async (status, wait) => {
      const simulator = createSimulator();
      const refuse = (): Response => Response.json({ message: 'later' }, { status, headers: { 'retry-after': wait } });
      const result = await createAgainst(
        (request) => (simulator.requests() < 3 ? simulator.fetch(request) : refuse()),
        await workspace.pairs(100),
      );
      expect(result).toMatchObject({ exitCode: 3, stderr: '' });
      const { stopped, ...counts } = summary(result) as { stopped: { resumeAt: string | null } };
      expect(counts).toMatchObject({ rows: 100, created: 30, unsent: 70, unconfirmed: 0 });
      const resumeAt = Date.parse(stopped.resumeAt ?? '');
      expect(resumeAt).toBeGreaterThan(Date.now());
      expect(resumeAt).toBeLessThanOrEqual(Date.now() + yearMs);
    },
  );

  test('with 503 leaves its rows unconfirmed rather than waiting', async () => {
    const result = await createAgainst(
      () => Response.json({ message: 'later' }, { status: 503, headers: { 'retry-after': '9999999999999' } }),
      await workspace.pairs(100),
    );
    expect(result).toMatchObject({ exitCode: 3, stderr: '' });
    expect(summary(result)).toMatchObject({ rows: 100, unconfirmed: 30, unsent: 70 });
  });
});

describe('a 2xx reply that determines no outcome', () => {
  test.each([204, 205])('%d without a body leaves its rows unconfirmed, and is reported', async (status) => {
    const result = await createAgainst(() => new Response(null, { status }), await workspace.pairs(5));
    expect(result.exitCode).toBe(2);
    expect(summary(result)).toMatchObject({ unconfirmed: 5, created: 0 });
    expect(result.stdout).toContain(`answered with ${String(status)} and a body that is not JSON`);
  });

  test.each(['CANCELED', 'PENDING', 'PROCESSING'])('with status %s leaves its rows unconfirmed', async (status) => {
    const answer = async (request: Request): Promise<Response> =>
      Response.json({ status, ...times, results: (await pairsOf(request)).map((pair) => resultOf(pair)) }, { status: 201 }); // prettier-ignore
    const result = await createAgainst(answer, await workspace.pairs(5));
    expect(result.exitCode).toBe(2);
    expect(summary(result)).toMatchObject({ unconfirmed: 5, created: 0 });
  });
});

test('a reply that is huge after decompression is not read to its end', async () => {
  const bomb = gzipSync(Buffer.alloc(64_000_000, ' '));
  const headers = { 'content-type': 'application/json', 'content-encoding': 'gzip' };
  const result = await createAgainst(() => new Response(bomb, { status: 201, headers }), await workspace.pairs(5));
  expect(result.exitCode).toBe(2);
  expect(summary(result)).toMatchObject({ unconfirmed: 5 });
  expect(result.stdout).toContain('16384000 bytes');
});

test('contacts with contacts: a reply that lists one pair in both directions does not confirm the mirror image', async () => {
  const answer = async (request: Request): Promise<Response> => {
    const inputs = await pairsOf(request);
    const first = inputs.find(({ from }) => from.id === '1');
    const mirrored = inputs.length > 1 && first !== undefined ? [first, { from: first.to, to: first.from }] : [];
    const results = mirrored.map((pair) => resultOf(pair, ['0-1', '0-1']));
    return Response.json({ status: 'COMPLETE', ...times, results }, { status: 201 });
  };
  const file = await workspace.file('pairs.csv', 'from_id,to_id\n1,2\n2,1\n');
  const types = ['--from', 'contacts', '--to', 'contacts', '--type', 'HUBSPOT_DEFINED:449'];
  const result = await createAgainst(answer, file, types);
  expect(result.exitCode).toBe(2);
  expect(summary(result)).toMatchObject({ rows: 2, created: 0, unconfirmed: 2 });
});

test('an error with an id that has lost digits refuses no row, and is counted', async () => {
  // JSON.parse reads this as 9007199254740992, which is another record.
  const error = '{"status":"error","category":"X","message":"gone","context":{"fromObjectId":[9007199254740993]}}';
  const answer = async (request: Request): Promise<Response> => {
    const results = JSON.stringify((await pairsOf(request)).map((pair) => resultOf(pair)));
    const body = `{"status":"COMPLETE","startedAt":"x","completedAt":"x","numErrors":1,"results":${results},"errors":[${error}]}`;
    return new Response(body, { status: 207, headers: { 'content-type': 'application/json' } });
  };
  const file = await workspace.file('pairs.csv', 'from_id,to_id\n9007199254740992,1\n9007199254740993,1\n');
  const result = await createAgainst(answer, file);
  expect(summary(result)).toMatchObject({ rows: 2, created: 2, failed: 0, unmatchedErrors: 1 });
});

test('a reply with many errors for each record takes time in proportion to its length', async () => {
  const answer = async (request: Request): Promise<Response> => {
    const inputs = await pairsOf(request);
    const ids = Array.from({ length: 25_000 }, () => inputs[0]?.from.id);
    const error = {
      status: 'error',
      category: 'X',
      message: 'gone',
      context: { fromObjectId: ids, toObjectId: ['1'] },
    };
    const errors = [error, ...inputs.map(({ from }) => ({ ...error, context: { fromObjectId: [from.id] } }))];
    return Response.json({ status: 'COMPLETE', ...times, results: [], numErrors: 1, errors }, { status: 207 });
  };
  const result = await createAgainst(answer, await workspace.pairs(2_000));
  expect(summary(result)).toMatchObject({ rows: 2_000, failed: 2_000 });
});

test('ids in other encodings stay distinct: Windows-1252 is detected, and a file with mixed encodings is refused', async () => {
  const content = 'from_id,to_id\nM\u00fcller,1\nM\u00e4ller,1\n';
  const types = ['--from', 'p_people', '--to', 'companies', '--type', 'USER_DEFINED:1'];
  const sent: string[] = [];
  const fetch = async (request: Request): Promise<Response> => {
    const { inputs } = (await request.json()) as { inputs: { from: { id: string } }[] };
    sent.push(...inputs.map(({ from }) => from.id));
    return new Response('<html>', { status: 403 });
  };
  await createAgainst(fetch, await workspace.file('windows.csv', Buffer.from(content, 'latin1')), types);
  expect(sent).toEqual(['M\u00fcller', 'M\u00e4ller']);

  const mixed = Buffer.concat([Buffer.from(content), Buffer.from('\u00fc,1\n', 'latin1')]);
  const simulator = createSimulator();
  const result = await createAgainst(simulator.fetch, await workspace.file('mixed.csv', mixed), types);
  expect(result.exitCode).toBe(1);
  expect(result.stdout + result.stderr).toMatch(/not UTF-8: the byte 0xfc at offset 34/);
  expect(simulator.requests()).toBe(0);
});
