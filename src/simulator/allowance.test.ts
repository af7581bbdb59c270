import { describe, expect, test } from '@jest/globals';
import { createAllowance } from './allowance.js';

describe('an allowance of requests in a window', () => {
  test('refuses a request that exceeds it in any window, and accepts it once the window has moved', () => {
    const allowance = createAllowance({ requests: 2, perMs: 10_000 });
    const policies = [0, 6_000, 9_999, 10_000, 15_999, 16_000].map((now) => allowance.admit('token', now).policyName);
    const refused = 'TEN_SECONDLY_ROLLING';
    expect(policies).toEqual([undefined, undefined, refused, undefined, refused, undefined]);
  });

  test('is counted separately for each token', () => {
    const allowance = createAllowance({ requests: 1 });
    expect(['one', 'two', 'one'].map((token) => allowance.admit(token, 0).policyName === undefined)).toEqual([
      true,
      true,
      false,
    ]);
  });

  test('is reported in the headers', () => {
    const allowance = createAllowance({ requests: 2, perMs: 10_000, requestsPerDay: 100 });
    allowance.admit('token', 0);
    expect(allowance.admit('token', 1).headers).toEqual({
      'x-hubspot-ratelimit-max': '2',
      'x-hubspot-ratelimit-remaining': '0',
      'x-hubspot-ratelimit-interval-milliseconds': '10000',
      'x-hubspot-ratelimit-daily': '100',
      'x-hubspot-ratelimit-daily-remaining': '98',
    });
  });

  test.each([
    ['seconds', '6'],
    ['date', 'Thu, 01 Jan 1970 00:00:10 GMT'],
  ] as const)('says when to come back in %s', (retryAfter, expected) => {
    const allowance = createAllowance({ requests: 1, perMs: 10_000, retryAfter, headers: false });
    allowance.admit('token', 0);
    expect(allowance.admit('token', 4_000)).toEqual({
      policyName: 'TEN_SECONDLY_ROLLING',
      headers: { 'retry-after': expected },
    });
  });

  test('sends a date that is not too early, at any fraction of a second', () => {
    const allowance = createAllowance({ requests: 1, perMs: 10_000, retryAfter: 'date' });
    allowance.admit('token', 400);
    const { headers } = allowance.admit('token', 4_900);
    expect(Date.parse(headers['retry-after'] ?? '')).toBe(11_000);
  });

  test('remembers a thousand tokens, and forgets the least recently used first', () => {
    const allowance = createAllowance({ requests: 1 });
    const isTaken = (token: string): boolean => allowance.admit(token, 0).policyName === undefined;
    expect([isTaken('first'), isTaken('second')]).toEqual([true, true]);
    for (let other = 0; other < 998; other += 1) isTaken(`other ${String(other)}`);
    expect(isTaken('first')).toBe(false);
    isTaken('one too many');
    expect([isTaken('first'), isTaken('second')]).toEqual([false, true]);
  });

  test('of one second has its own policy name', () => {
    const allowance = createAllowance({ requests: 0, perMs: 1_000 });
    expect(allowance.admit('token', 0).policyName).toBe('SECONDLY');
  });
});

describe('an allowance of requests per day', () => {
  test('starts again at midnight in the account’s time zone', () => {
    const allowance = createAllowance({ requestsPerDay: 1, utcOffsetMinutes: 60, retryAfter: 'seconds' });
    const elevenInTheEvening = Date.UTC(2026, 0, 1, 22);
    expect(allowance.admit('token', elevenInTheEvening).policyName).toBeUndefined();
    const refused = allowance.admit('token', elevenInTheEvening + 1_000);
    expect(refused.policyName).toBe('DAILY');
    expect(refused.headers['retry-after']).toBe('3599');
    expect(allowance.admit('token', elevenInTheEvening + 3_600_000).policyName).toBeUndefined();
  });
});
