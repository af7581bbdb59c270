import { readFile } from 'node:fs/promises';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import { createSimulator } from '../simulator/index.js';
import { contactsToCompanies as types, run, summary, useWorkspace, withToken } from './test-support.js';

const workspace = useWorkspace();

async function records(path: string, delimiter = ','): Promise<Record<string, string>[]> {
  return parse(await readFile(path), { columns: true, bom: true, delimiter });
}

describe('--results', () => {
  test('contains every row with its outcome, including those of earlier runs', async () => {
    const file = await workspace.file('pairs.csv', 'from_id,to_id,name\n1,5,Ada\n2,999,Bob\n,5,Cy\n');
    const [results, ledger] = [workspace.path('results.csv'), workspace.path('ledger.ndjson')];
    const args = ['create', file, ...types, '--simulate', '--results', results, '--ledger', ledger];
    const first = await run(args);
    expect(first.stdout).toContain(`Every row is in ${results}, with its outcome.`);
    const byRow = async (): Promise<unknown[]> =>
      (await records(results))
        .sort((a, b) => Number(a['row']) - Number(b['row']))
        .map(({ row, name, outcome }) => [row, name, outcome]);
    const expected = [['2', 'Ada', 'created'], ['3', 'Bob', 'failed'], ['4', 'Cy', 'invalid']]; // prettier-ignore
    expect(await byRow()).toEqual(expected);
    await run(args);
    expect(await byRow()).toEqual(expected);
  });

  test('handles many concurrent batches, and standard error stays empty', async () => {
    const { fetch } = createSimulator({ faults: { seed: 1, faults: [{ kind: 'latency', ms: { constant: 300 } }] } });
    const results = workspace.path('results.csv');
    const pace = ['--batch-size', '500', '--allowance', '60/1', '--base-url', await workspace.serve(fetch), '--quiet'];
    const args = ['create', await workspace.pairs(30_000), ...types, ...pace, '--results', results];
    expect(await run(args, withToken)).toMatchObject({ exitCode: 0, stderr: '' });
    expect(await records(results)).toHaveLength(30_000);
  });
});

describe('a row that was not associated', () => {
  test('has the category, the message and the correlation id of the refusal', async () => {
    const url = await workspace.serve(() => {
      const error = { status: 'error', category: 'OBJECT_NOT_FOUND', message: 'No contact 1', context: { fromObjectId: ['1'] } }; // prettier-ignore
      const body = { status: 'COMPLETE', startedAt: 'x', completedAt: 'x', results: [], numErrors: 1, errors: [error] };
      return Promise.resolve(Response.json(body, { status: 207, headers: { 'x-hubspot-correlation-id': 'c-207' } }));
    });
    const rejects = workspace.path('rejects.csv');
    await run(['create', await workspace.pairs(1), ...types, '--base-url', url, '--rejects', rejects], withToken);
    expect(await records(rejects)).toMatchObject([
      { row: '2', outcome: 'failed', error_category: 'OBJECT_NOT_FOUND', message: expect.stringContaining('No contact 1'), correlation_id: 'c-207' }, // prettier-ignore
    ]);
  });

  test('is unchanged when it is used as an input, and no cell runs in a spreadsheet', async () => {
    const cells = ['=1+1', '+49 30', '-5', '@x', "'=1+1", '\tt', "'quoted'", 'plain'];
    const rows = cells.map((cell) => `999,5,"${cell}"`);
    const file = await workspace.file('pairs.csv', ['from_id,to_id,note', ...rows].join('\n'));
    const rejects = ['first.csv', 'again.csv'].map((name) => workspace.path(name));
    await run(['create', file, ...types, '--simulate', '--rejects', rejects[0] ?? '']);
    const notes = (await records(rejects[0] ?? '')).map(({ note }) => note);
    expect(notes.sort()).toEqual(["'=1+1", "'+49 30", "'-5", "'@x", "''=1+1", "'\tt", "'quoted'", 'plain'].sort());
    await run(['create', rejects[0] ?? '', ...types, '--simulate', '--rejects', rejects[1] ?? '']);
    expect((await records(rejects[1] ?? '')).map(({ note }) => note).sort()).toEqual(notes.sort());
    const corrected = (await readFile(rejects[0] ?? '', 'utf8')).replaceAll('999,5', '1,5');
    const results = workspace.path('results.csv');
    await run(['create', await workspace.file('c.csv', corrected), ...types, '--simulate', '--results', results]);
    expect((await records(results)).map(({ outcome }) => outcome)).toEqual(cells.map(() => 'created'));
  });

  test('is written in the format of its file, so that a spreadsheet opens both in the same way', async () => {
    const content = 'from_id;to_id;name\r\n1;999;"Müller; Söhne"\r\n';
    const file = await workspace.file('pairs.csv', Buffer.from(`\ufeff${content}`, 'utf16le'));
    const rejects = workspace.path('rejects.csv');
    await run(['create', file, ...types, '--simulate', '--rejects', rejects]);
    expect((await readFile(rejects, 'utf8')).startsWith('\ufefffrom_id;to_id;name;row;')).toBe(true);
    expect(await records(rejects, ';')).toMatchObject([{ from_id: '1', to_id: '999', name: 'Müller; Söhne' }]);
    expect(summary(await run(['create', rejects, ...types, '--simulate', '--json']))).toMatchObject({
      rows: 1,
      failed: 1,
    });
  });
});

describe('--dry-run', () => {
  test('forecasts requests, time, a share of the day, merged pairs and types, and sends nothing', async () => {
    const pairs = Array.from({ length: 250 }, (_, index) => `${String(index + 1)},1,,`);
    const more = ['1,1,HUBSPOT_DEFINED,1', '2,1,HUBSPOT_DEFINED,279', '3,1,HUBSPOT_DEFINED,280', ',1,,'];
    const file = await workspace.file('pairs.csv', ['from_id,to_id,category,type_id', ...pairs, ...more].join('\n'));
    const args = ['create', file, ...types, '--dry-run', '--batch-size', '1'];
    const result = await run([...args, '--json']);
    expect(result.exitCode).toBe(2);
    expect(summary(result)).toMatchObject({
      ...{ rows: 254, unsent: 253, invalid: 1, created: 0, requests: 0, mergedRows: 3 },
      forecast: { pairs: 250, batches: 250, requests: 250, mergedRows: 3, mergedPairs: 2, leastMs: 20_000 },
    });
    const { stdout } = await run(args);
    expect(stdout).toContain('least time   20 s, under 100 requests in 10 s');
    expect(stdout).toContain('0.10 % of 250,000 requests: Free and Starter');
    expect(stdout).toContain('HUBSPOT_DEFINED 279, contact → company (unlabelled): 250 pairs');
    expect(stdout).toMatch(/HubSpot will probably refuse.*\n.*280 is company → contact/);
    expect(stdout).toMatch(/1 invalid: column from_id is empty\.\n +row 255/);
  });

  test('also forecasts rows of a pipe', async () => {
    const result = await run(['create', '-', ...types, '--dry-run', '--json'], {}, 'from_id,to_id\n1,2\n1,2\n3,4\n');
    expect(summary(result)).toMatchObject({ exitCode: 0, forecast: { pairs: 2, requests: 1, mergedRows: 1 } });
  });

  test('reports a file without rows', async () => {
    const { exitCode, stdout } = await run(['create', await workspace.pairs(0), ...types, '--dry-run']);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('The file has no rows');
  });
});
