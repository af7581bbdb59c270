import { expect, test } from '@jest/globals';
import { runWithFaults } from './fault-run.js';

test.each([101, 102, 103])('on a bad day, seed %d, what the outcomes say is what the server has done', async (seed) => {
  const { summary, contradictions } = await runWithFaults({ seed, inputs: 4_000, batchSize: 50 });
  expect(contradictions).toEqual([]);
  expect(summary.retries).toBeGreaterThan(0);
});
