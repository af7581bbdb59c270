import { describe, expect, test } from '@jest/globals';
import {
  ApiError,
  ConfigurationError,
  ConnectionError,
  ContractError,
  InputError,
  StoppedError,
  TimeoutError,
  type AnyAssociationsError,
} from './errors.js';
import { decide, pauseForAllRequests, spendsErrorBudget } from './retry-policy.js';

const api = (status: number, more: { policyName?: string; retryAfterMs?: number } = {}): ApiError =>
  new ApiError('refused', { status, ...more });
const circumstances = { attempt: 1, maxAttempts: 3, random: 0.5 };

/**
 * The failure, its pause if the random number is 0.5 (`undefined`: no retry), and the pause of all other
 * requests.
 */
const cases: [string, AnyAssociationsError, waitMs: number | undefined, pauseMs: number][] = [
  ['no connection', new ConnectionError('', { requestSent: false }), 250, 0],
  ['a lost connection', new ConnectionError('', { requestSent: true }), 250, 0],
  ['no reply in time', new TimeoutError('', 1), 250, 0],
  ['an unreadable reply', new ContractError('', { status: 201, pointer: '' }), 250, 0],
  ['400', api(400), undefined, 0],
  ['403', api(403), undefined, 0],
  ['404', api(404), undefined, 0],
  ['408', api(408), 250, 0],
  ['413', api(413), undefined, 0],
  ['423, at least two seconds', api(423), 2_250, 0],
  ['423 with Retry-After', api(423, { retryAfterMs: 5_000 }), 5_250, 0],
  ['429: the pacer knows the window', api(429, { policyName: 'TEN_SECONDLY_ROLLING' }), 250, 0],
  ['429 without a policy', api(429), 250, 0],
  ['429 for the limit per second', api(429, { policyName: 'SECONDLY' }), 250, 1_000],
  ['429 with Retry-After', api(429, { retryAfterMs: 3_000 }), 3_250, 3_000],
  ['429 with the longest accepted Retry-After', api(429, { retryAfterMs: 300_000 }), 300_250, 300_000],
  ['429 for the daily limit', api(429, { policyName: 'DAILY', retryAfterMs: 3_000 }), undefined, 0],
  ['429 with a long Retry-After', api(429, { retryAfterMs: 3_600_000 }), undefined, 0],
  ['477 with a short Retry-After', api(477, { retryAfterMs: 2_000 }), 2_250, 2_000],
  ['477 with a long Retry-After', api(477, { retryAfterMs: 86_400_000 }), undefined, 0],
  ['477 without Retry-After', api(477), undefined, 0],
  ['500', api(500), 250, 0],
  ['501', api(501), undefined, 0],
  ['502', api(502), 250, 0],
  ['503 with Retry-After', api(503, { retryAfterMs: 1_000 }), 1_250, 1_000],
  ['504', api(504), 250, 0],
  ['521', api(521), 250, 0],
  ['522: HubSpot says to ask its support', api(522), undefined, 0],
  ['523', api(523), 250, 0],
  ['524', api(524), 250, 0],
  ['525', api(525), undefined, 0],
  ['526', api(526), undefined, 0],
  ['302', api(302), undefined, 0],
  ['an abort', new StoppedError('', { reason: 'aborted' }), undefined, 0],
  ['an input that was refused before sending', new InputError([{ pointer: '', message: '' }]), undefined, 0],
  ['a provider that failed', new ConfigurationError('accessToken', ''), undefined, 0],
];

describe('after a failed attempt', () => {
  test.each(cases)('%s', (_, error, waitMs, pauseMs) => {
    const decision = decide(error, circumstances);
    expect(decision).toEqual(waitMs === undefined ? { kind: 'giveUp' } : { kind: 'retry', waitMs });
    expect(pauseForAllRequests(error, false)).toBe(pauseMs);
  });

  test('a 429 that does not say how long to wait holds an unpaced client for the usual window', () => {
    expect(pauseForAllRequests(api(429), true)).toBe(10_000);
    expect(pauseForAllRequests(api(429, { policyName: 'SECONDLY' }), true)).toBe(1_000);
    expect(pauseForAllRequests(api(429, { retryAfterMs: 0 }), true)).toBe(0);
    expect(pauseForAllRequests(api(503), true)).toBe(0);
  });

  test('401 asks for another token, even after the only attempt', () => {
    expect(decide(api(401), { ...circumstances, maxAttempts: 1 })).toEqual({ kind: 'renewToken' });
    expect(decide(api(401), { ...circumstances, attempt: 4 })).toEqual({ kind: 'giveUp' });
  });

  test('the last attempt is not retried', () => {
    expect(decide(api(503), { ...circumstances, attempt: 3 })).toEqual({ kind: 'giveUp' });
    expect(decide(api(503), { ...circumstances, maxAttempts: 1 })).toEqual({ kind: 'giveUp' });
  });

  test('the pause is random, from zero to a limit that doubles, up to half a minute', () => {
    const waits = (random: number): unknown[] =>
      [1, 2, 3, 7, 20].map((attempt) => decide(api(500), { attempt, maxAttempts: 100, random }));
    const retry = (waitMs: number): unknown => ({ kind: 'retry', waitMs });
    expect(waits(0)).toEqual([0, 0, 0, 0, 0].map(retry));
    expect(waits(0.999)).toEqual([499.5, 999, 1_998, 29_970, 29_970].map((ms) => retry(expect.closeTo(ms) as never)));
  });

  test.each([401, 408, 423, 429, 500, 503, 524])('%d spends the error budget', (status) => {
    expect(spendsErrorBudget(api(status))).toBe(true);
  });

  test.each([400, 404, 413])('%d does not', (status) => {
    expect(spendsErrorBudget(api(status))).toBe(false);
  });
});
