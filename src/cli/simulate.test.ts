import { expect, jest, test } from '@jest/globals';
import { run, start } from './test-support.js';

jest.setTimeout(30_000);

test('simulate serves an account that remembers from one run to the next', async () => {
  const simulator = start(['simulate']);
  const url = /http:\/\/127\.0\.0\.1:\d+/.exec(await simulator.printed('Ctrl-C ends it.'))?.[0] ?? '';
  const types = ['--from', 'contacts', '--to', 'companies', '--type', 'HUBSPOT_DEFINED:279'];
  for (let round = 0; round < 2; round += 1) {
    const args = ['create', '-', ...types, '--base-url', url];
    const { exitCode } = await run(args, { HUBSPOT_ACCESS_TOKEN: 'any' }, 'from_id,to_id\n1,5\n2,5\n999,5\n');
    expect(exitCode).toBe(2);
  }
  simulator.child.kill('SIGTERM');
  const { exitCode, stdout } = await simulator.ended;
  expect(exitCode).toBe(0);
  expect(stdout).toContain('3 pairs: 2 new, 0 there before, 1 refused');
  expect(stdout).toContain('3 pairs: 0 new, 2 there before, 1 refused');
});

test('simulate says when its port cannot be had', async () => {
  const { exitCode, stderr } = await run(['simulate', '--port', '99999']);
  expect(exitCode).toBe(1);
  expect(stderr).toContain('--port: give a port');
});
