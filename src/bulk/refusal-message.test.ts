import { describe, expect, test } from '@jest/globals';
import type { StandardError } from '../../generated/schema.js';
import { fromNotFound, read, refusal, reply } from './test-support.js';

describe('the message of a refused pair', () => {
  function told(...messages: (string | undefined)[]): string {
    const errors = messages.map((message) => ({ ...refusal({ id: ['9'] }, fromNotFound), message }) as StandardError);
    return read([['9', '5']], reply([], errors)).errors[0]?.message ?? '';
  }

  test.each([
    ['names the pair and the reason', ['gone'], 'The API refused 9 → 5: gone.'],
    ['names each reason once', ['gone', 'late', 'gone'], 'The API refused 9 → 5: gone; late.'],
    ['says that there is none', [undefined], 'The API refused 9 → 5: no reason given.'],
    ['names up to three', ['a', 'b', 'c'], 'The API refused 9 → 5: a; b; c.'],
    ['counts the others', ['a', 'b', 'c', 'd', 'e'], 'The API refused 9 → 5: a; b; c; and 2 more reasons.'],
    ['repeats 300 characters of a reason', ['x'.repeat(300)], `The API refused 9 → 5: ${'x'.repeat(300)}.`],
    ['and no more', ['x'.repeat(301)], `The API refused 9 → 5: ${'x'.repeat(300)}….`],
  ])('%s', (_, messages, expected) => {
    expect(told(...messages)).toBe(expected);
  });
});
