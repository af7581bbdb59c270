import { expect, test } from '@jest/globals';
import { runInVirtualTime } from './fault-run.js';

// The rest of the soak, over sockets and for minutes, is `npm run soak`.
test.each([101, 102, 103])('on a bad day, seed %d, what the outcomes say is what the server has done', async (seed) => {
  const { summary, contradictions } = await runInVirtualTime({ seed, inputs: 4_000, batchSize: 50 });
  expect(contradictions).toEqual([]);
  expect(summary.retries).toBeGreaterThan(0);
});
