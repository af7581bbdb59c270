import { expect, test } from '@jest/globals';
import { createSimulator } from '../simulator/index.js';
import { contactsToCompanies, createSignal, run, start, useWorkspace, withToken } from './test-support.js';

const workspace = useWorkspace();

test('a run that resumes a killed one uses only the rest of its allowance', async () => {
  const simulator = createSimulator();
  const [third, fifth] = [createSignal(), createSignal()];
  const url = await workspace.serve((request) => {
    const reply = simulator.fetch(request);
    if (simulator.requests() === 5) fifth.give();
    if (simulator.requests() !== 3) return reply;
    third.give();
    return new Promise(() => undefined);
  });
  const pace = ['--allowance', '5/3600', '--batch-size', '10', '--concurrency', '1'];
  const target = ['--base-url', url, '--ledger', workspace.path('ledger.ndjson')];
  const command = ['create', await workspace.pairs(200), ...contactsToCompanies, ...pace, ...target];

  const killed = start(command, withToken);
  await third.given;
  killed.child.kill('SIGKILL');
  await killed.ended;

  const { child, ended } = start(command, withToken);
  await fifth.given;
  // A run that ignored the allowance would finish before the next command starts.
  await run(['--help']);
  // An interrupted process does not wait for the end of the window.
  child.kill('SIGINT');
  const { exitCode, stdout } = await ended;
  expect(exitCode).toBe(3);
  expect(stdout).toMatch(/created +40 /);
  expect(simulator.mostRequestsWithin(3_600_000)).toBe(5);
});
