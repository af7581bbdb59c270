import { readFile } from 'node:fs/promises';
import { expect, test } from '@jest/globals';
import { createSimulator } from '../simulator/index.js';
import { contactsToCompanies, run, summary, useWorkspace, withToken } from './test-support.js';

const workspace = useWorkspace();

/** More pairs than fit in one part of the store. */
const pairs = 25_001;

test('tens of thousands of pairs that a file names more than once have the types of all their rows', async () => {
  const ids = Array.from({ length: pairs }, (_, index) => String(index + 1));
  const rows = [279, 1, 931, 1].flatMap((type) => ids.map((id) => `${id},1,HUBSPOT_DEFINED,${String(type)}`));
  const file = await workspace.file('labels.csv', ['from_id,to_id,category,type_id', ...rows].join('\n'));
  const gone = ['77', '7777', '20000'];
  const simulator = createSimulator({ records: { contacts: { allExcept: gone }, companies: ['1'] } });
  const rejects = workspace.path('rejects.csv');
  const target = ['--base-url', await workspace.serve(simulator.fetch), '--allowance', 'none', '--rejects', rejects];
  const args = ['create', file, '--from', 'contacts', '--to', 'companies', ...target, '--json', '--quiet'];
  const result = await run([...args, '--ledger', workspace.path('ledger.ndjson')], withToken);
  expect(result.exitCode).toBe(2);
  const failed = 4 * gone.length;
  expect(summary(result)).toMatchObject({
    rows: 4 * pairs,
    created: 4 * pairs - failed,
    failed,
    mergedRows: 3 * pairs,
  });
  expect((await readFile(rejects, 'utf8')).trimEnd().split('\n')).toHaveLength(1 + failed);
  const found = simulator.associations('contacts', 'companies');
  const wrong = found.filter(({ types }) => types.map(({ associationTypeId: id }) => id).join() !== '279,1,931');
  expect([found.length, wrong]).toEqual([pairs - gone.length, []]);
  expect(simulator.counts()).toMatchObject({ inputs: pairs, replaced: 0, unchanged: 0 });
});

test('an unconfirmed pair is resent with the types of all its rows, and finished pairs are not resent', async () => {
  const simulator = createSimulator({ faults: { faults: [{ kind: 'empty-complete', at: [2, 3] }] } });
  const rows = ['1,1,HUBSPOT_DEFINED,279', '2,1,HUBSPOT_DEFINED,279', '2,1,HUBSPOT_DEFINED,1'];
  const file = await workspace.file('labels.csv', ['from_id,to_id,category,type_id', ...rows].join('\n'));
  const target = ['--base-url', await workspace.serve(simulator.fetch), '--batch-size', '1', '--concurrency', '1'];
  const args = ['create', file, ...contactsToCompanies, ...target, '--ledger', workspace.path('ledger.ndjson')];
  expect(summary(await run([...args, '--json'], withToken))).toMatchObject({ created: 1, unconfirmed: 2 });
  expect(summary(await run([...args, '--json'], withToken))).toMatchObject({ created: 3, requests: 1 });
  const pair = simulator.associations('contacts', 'companies').find(({ fromObjectId }) => fromObjectId === '2');
  expect(pair?.types.map(({ associationTypeId }) => associationTypeId)).toEqual([279, 1]);
});
