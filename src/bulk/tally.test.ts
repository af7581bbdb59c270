import { describe, expect, test } from '@jest/globals';
import { createTally } from './tally.js';

describe('a tally', () => {
  test('counts the outcomes of each kind, one or many at a time', () => {
    const tally = createTally();
    tally.add('created');
    tally.add('created', 2);
    tally.add('unsent', 4);
    expect(tally.soFar).toEqual({ created: 3, failed: 0, invalid: 0, unconfirmed: 0, unsent: 4 });
    expect(tally.counts(7)).toEqual({ inputs: 7, created: 3, failed: 0, invalid: 0, unconfirmed: 0, unsent: 4 });
  });

  test.each([
    [3, '3 inputs were read, but 2 have an outcome.'],
    [1, '1 inputs were read, but 2 have an outcome.'],
  ])('of two outcomes does not add up to %d inputs', (inputs, message) => {
    const tally = createTally();
    tally.add('created');
    tally.add('failed');
    expect(() => tally.counts(inputs)).toThrow(message);
  });
});
