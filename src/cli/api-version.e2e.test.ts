import { expect, test } from '@jest/globals';
import { createSimulator } from '../simulator/index.js';
import { contactsToCompanies as types, run, useWorkspace, withToken } from './test-support.js';

const workspace = useWorkspace();

test('create uses the path of --api-version, by default that of 2025-09', async () => {
  const paths: string[] = [];
  const simulator = createSimulator({ onReply: ({ path }) => paths.push(path) });
  const args = ['create', await workspace.pairs(2), ...types, '--base-url', await workspace.serve(simulator.fetch)];
  expect((await run([...args, '--api-version', '2026-03'], withToken)).exitCode).toBe(0);
  expect((await run(args, withToken)).exitCode).toBe(0);
  expect(paths).toEqual([
    '/crm/associations/2026-03/contacts/companies/batch/create',
    '/crm/associations/2025-09/contacts/companies/batch/create',
  ]);
});

test('create refuses an unknown version, and lists the known ones', async () => {
  const result = await run(['create', await workspace.pairs(2), ...types, '--simulate', '--api-version', '2024-03']);
  expect(result).toMatchObject({ exitCode: 1, stdout: '' });
  expect(result.stderr).toContain('--api-version: give one of 2025-09, 2026-03, not 2024-03.');
});
