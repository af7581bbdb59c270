import { describe, expect, test } from '@jest/globals';
import { parseFaultPlan } from './index.js';

describe('a plan from a file', () => {
  test('is accepted unchanged', () => {
    const plan = {
      seed: 3,
      faults: [
        { kind: 'latency', ms: { constant: 5 }, every: 2 },
        { kind: 'truncate', at: [1] },
      ],
    };
    expect(parseFaultPlan(plan)).toEqual(plan);
  });

  test.each([
    ['no plan', [], 'faults: give a list'],
    ['an unknown kind', { faults: [{ kind: 'fire' }] }, 'faults/0/kind: give one of latency'],
    [
      'a member of another kind',
      { faults: [{ kind: 'truncate', status: 500 }] },
      'faults/0/status: a fault of kind truncate',
    ],
    ['a missing member', { faults: [{ kind: 'status' }] }, 'faults/0/status: a fault of kind status needs it'],
    ['an invalid member', { faults: [{ kind: 'omit', share: 2 }] }, 'faults/0/share: cannot be 2'],
    ['a seed that is not a number', { seed: 'x', faults: [] }, 'seed: give a whole number'],
  ])('with %s is refused, and the error names the place', (_, plan, message) => {
    expect(() => parseFaultPlan(plan)).toThrow(message);
  });
});
