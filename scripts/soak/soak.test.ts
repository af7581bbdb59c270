import { expect, test } from '@jest/globals';
import { runInVirtualTime } from './fault-run.js';

// `npm run soak` runs the slow parts, which use sockets and take minutes.
test.each([101, 102, 103])(
  'with every kind of fault and seed %d, the outcomes match the state of the server',
  async (seed) => {
    const { summary, contradictions } = await runInVirtualTime({ seed, inputs: 4_000, batchSize: 50 });
    expect(contradictions).toEqual([]);
    expect(summary.retries).toBeGreaterThan(0);
  },
);
