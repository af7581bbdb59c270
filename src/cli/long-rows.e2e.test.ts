import { readFile } from 'node:fs/promises';
import { expect, test } from '@jest/globals';
import { createSimulator } from '../simulator/index.js';
import { contactsToCompanies, run, summary, useWorkspace, withToken } from './test-support.js';

const workspace = useWorkspace();
const columns = Array.from({ length: 10_000 }, (_, index) => `column number ${String(index)}`).join(',');

test('a header of more than 64 KiB is read completely', async () => {
  expect(columns.length).toBeGreaterThan(65_536);
  const rows = ['1', '2'].map((id) => `${id}${','.repeat(10_000)},9`);
  const file = await workspace.file('wide.csv', [`from_id,${columns},to_id`, ...rows].join('\n'));
  const simulator = createSimulator();
  const args = ['create', file, ...contactsToCompanies, '--base-url', await workspace.serve(simulator.fetch)];
  expect((await run(args, withToken)).exitCode).toBe(0);
  expect(simulator.associations('contacts', 'companies').map(({ toObjectId }) => toObjectId)).toEqual(['9', '9']);
});

test.each([
  ['CSV', 'from_id,to_id,note', (id: string, note: string) => `${id},1,${note}`],
  ['NDJSON', '', (id: string, note: string) => JSON.stringify({ from: { id }, to: { id: '1' }, note })],
])('a row of more than 1 MB in %s is refused alone, and is reported', async (_, header, row) => {
  const rows = [row('1', ''), row('2', 'x'.repeat(1_200_000)), row('3', 'y')];
  const file = await workspace.file('long', [header, ...rows].filter((line) => line !== '').join('\n'));
  const rejects = workspace.path('rejects.csv');
  const result = await run(['create', file, ...contactsToCompanies, '--simulate', '--json', '--rejects', rejects]);
  expect(summary(result)).toMatchObject({ rows: 3, created: 2, invalid: 1, stopped: null });
  expect(result.stdout).toContain('is longer than 1,000,000 characters, and is skipped.');
  expect((await readFile(rejects, 'utf8')).trimEnd().split('\n')).toHaveLength(2);
});

test('an NDJSON file may have an id of half a megabyte of quotes, twice', async () => {
  const line = JSON.stringify({ from: { id: '"'.repeat(499_000) }, to: { id: '1' } });
  const file = await workspace.file('quotes.ndjson', `${line}\n${line}\n`);
  const types = ['--from', 'p_thing', '--to', 'companies', '--type', 'USER_DEFINED:1'];
  const args = ['create', file, ...types, '--base-url', await workspace.serve(createSimulator().fetch), '--json'];
  const result = await run([...args, '--ledger', workspace.path('ledger.ndjson')], withToken);
  expect(result.exitCode).toBe(2);
  expect(summary(result)).toMatchObject({ rows: 2, failed: 2, stopped: null });
});
