import { describe, expect, test } from '@jest/globals';
import { runWithFaults } from './fault-run.js';
import { runKilled } from './kills.js';
import { runPaced } from './pace.js';

describe('on a bad day, at any seed', () => {
  test.each([101, 102, 103])(
    '%d: what the outcomes say is what the server has done',
    async (seed) => {
      const { summary, contradictions } = await runWithFaults({ seed, inputs: 4_000, batchSize: 50 });
      expect(contradictions).toEqual([]);
      expect(summary).toMatchObject({ inputs: 4_000, unsent: 0, stopped: undefined });
      expect(summary.retries).toBeGreaterThan(0);
    },
    60_000,
  );
});

test('a command that is killed again and again associates every pair', async () => {
  const result = await runKilled({ rows: 2_000, batchSize: 20, concurrency: 4, kills: 4, seed: 5 });
  expect(result).toMatchObject({ associated: 2_000, exitCode: 0 });
  expect(result.sentAgain).toBeLessThanOrEqual(result.mostUnderWay);
}, 60_000);

test('a server never counts more requests in a window than the allowance, and counts all of it', async () => {
  const allowance = { requests: 40, perMs: 2_000 };
  const { mostInWindow } = await runPaced({ requests: 130, inputsInRequest: 5, allowance, replyMs: [5, 300] });
  expect(mostInWindow).toBeLessThanOrEqual(allowance.requests);
  expect(mostInWindow).toBeGreaterThanOrEqual(0.98 * allowance.requests);
}, 60_000);
