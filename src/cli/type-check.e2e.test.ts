import { describe, expect, test } from '@jest/globals';
import { createSimulator } from '../simulator/index.js';
import { contactsToCompanies, run, summary, useWorkspace, withToken } from './test-support.js';

const workspace = useWorkspace();
const wrongType = ['--from', 'contacts', '--to', 'companies', '--type', 'HUBSPOT_DEFINED:280'];

describe('an association type of another direction', () => {
  test.each([['to send'], ['to check', '--dry-run'], ['to simulate', '--simulate']])(
    'is reported before anything is sent, with its direction and the types of the requested one: %s',
    async (_, ...mode) => {
      const simulator = createSimulator();
      const target = mode.length > 0 ? mode : ['--base-url', await workspace.serve(simulator.fetch)];
      const result = await run(['create', await workspace.pairs(50), ...wrongType, ...target], withToken);
      expect(result).toMatchObject({ exitCode: 1, stdout: '' });
      expect(result.stderr).toMatch(/HUBSPOT_DEFINED 280 is company → contact.*contact → company.*279 /);
      expect(result.stderr).toContain('--skip-type-check');
      expect(simulator.requests()).toBe(0);
    },
  );

  test('is sent if the check is skipped, and stops the run within a few requests', async () => {
    const simulator = createSimulator();
    const target = ['--base-url', await workspace.serve(simulator.fetch), '--skip-type-check', '--json'];
    const file = await workspace.pairs(20_000);
    const result = await run(['create', file, ...wrongType, ...target, '--batch-size', '500'], withToken);
    expect(result.exitCode).toBe(1);
    const { rows, created, failed, unsent, stopped } = summary(result) as Record<string, number> & {
      stopped: { reason: string; message: string };
    };
    expect({ rows, created, sum: Number(failed) + Number(unsent) }).toEqual({ rows: 20_000, created: 0, sum: 20_000 });
    expect(stopped.reason).toBe('refused');
    expect(stopped.message).toMatch(/280 is company → contact.*279 .*Context: \{/);
    expect(simulator.requests()).toBeLessThanOrEqual(20);
  });

  test('that only rows name is not checked before, but still stops the run', async () => {
    const simulator = createSimulator();
    const rows = Array.from({ length: 5_000 }, (_, index) => `${String(index + 1)},1,HUBSPOT_DEFINED,280`);
    const file = await workspace.file('typed.csv', ['from_id,to_id,category,type_id', ...rows].join('\n'));
    const target = ['--base-url', await workspace.serve(simulator.fetch), '--json'];
    const result = await run(['create', file, '--from', 'contacts', '--to', 'companies', ...target], withToken);
    expect(result.exitCode).toBe(1);
    expect(summary(result)).toMatchObject({ rows: 5_000, created: 0, stopped: { reason: 'refused' } });
    expect(result.stdout).toMatch(/280 is company → contact.*279 /);
    expect(simulator.requests()).toBeLessThanOrEqual(20);
  });
});

test('an undocumented type stops the run within a few requests if every pair is refused', async () => {
  let requests = 0;
  const url = await workspace.serve(() => {
    requests += 1;
    return Promise.resolve(Response.json({ category: 'VALIDATION_ERROR', message: 'no such type' }, { status: 400 }));
  });
  const types = ['--from', 'contacts', '--to', 'companies', '--type', 'USER_DEFINED:999'];
  const pace = ['--batch-size', '500', '--base-url', url, '--json'];
  const result = await run(['create', await workspace.pairs(20_000), ...types, ...pace], withToken);
  expect(result.exitCode).toBe(1);
  expect(summary(result)).toMatchObject({ rows: 20_000, created: 0, stopped: { reason: 'refused' } });
  expect(result.stdout).toContain('USER_DEFINED 999, contacts → companies');
  expect(requests).toBeLessThanOrEqual(40);
});

describe('an object type that HubSpot does not have', () => {
  test.each([['to send'], ['to check', '--dry-run']])('is reported with a suggestion: %s', async (_, ...mode) => {
    const types = ['--from', 'contcts', '--to', 'companies', '--type', 'HUBSPOT_DEFINED:279'];
    const simulator = createSimulator();
    const target = mode.length > 0 ? mode : ['--base-url', await workspace.serve(simulator.fetch)];
    const result = await run(['create', await workspace.pairs(3), ...types, ...target], withToken);
    expect(result).toMatchObject({ exitCode: 1, stdout: '' });
    expect(result.stderr).toMatch(/--from: .*contcts.*contacts/);
    expect(simulator.requests()).toBe(0);
  });

  test('is accepted if the check is skipped', async () => {
    const types = ['--from', 'contcts', '--to', 'companies', '--type', 'HUBSPOT_DEFINED:280', '--skip-type-check'];
    const result = await run(['create', await workspace.pairs(3), ...types, '--dry-run']);
    expect(result.exitCode).toBe(0);
  });
});

test('custom object types and custom association types are accepted', async () => {
  const file = await workspace.pairs(3);
  const own = ['--from', '2-123', '--to', 'p_car', '--type', 'USER_DEFINED:280'];
  expect((await run(['create', file, ...own, '--dry-run'])).exitCode).toBe(0);
  expect((await run(['create', file, ...contactsToCompanies, '--type', 'USER_DEFINED:280', '--dry-run'])).exitCode).toBe(0); // prettier-ignore
});
