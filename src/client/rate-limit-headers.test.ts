import { describe, expect, test } from '@jest/globals';
import { createAssociationsClient } from '../associations-client.js';
import { input, types } from '../test-support.js';
import { readRetryAfter, readServerCount } from './rate-limit-headers.js';

const max = { 'X-HubSpot-RateLimit-Max': '190' };
const remaining = { 'X-HubSpot-RateLimit-Remaining': '150' };
const interval = { 'X-HubSpot-RateLimit-Interval-Milliseconds': '10000' };

describe('the rate-limit headers', () => {
  test.each<[string, Record<string, string>, { limit: number; remaining: number } | undefined]>([
    ['as HubSpot documents them', { ...max, ...remaining, ...interval }, { limit: 190, remaining: 150 }],
    ['without the interval', { ...max, ...remaining }, { limit: 190, remaining: 150 }],
    ['of another window', { ...max, ...remaining, ...interval, 'X-HubSpot-RateLimit-Interval-Milliseconds': '1000' }, undefined], // prettier-ignore
    ['with nothing remaining', { ...max, 'X-HubSpot-RateLimit-Remaining': '0' }, { limit: 190, remaining: 0 }],
    ['with all remaining', { ...max, 'X-HubSpot-RateLimit-Remaining': '190' }, { limit: 190, remaining: 190 }],
    ['with more remaining than there is', { ...max, 'X-HubSpot-RateLimit-Remaining': '191' }, undefined],
    ['without the limit', remaining, undefined],
    ['without the remaining count', max, undefined],
    ['that are no whole numbers', { ...max, 'X-HubSpot-RateLimit-Remaining': '-1' }, undefined],
    ['that are too large to be meant', { 'X-HubSpot-RateLimit-Max': '9'.repeat(20), ...remaining }, undefined],
  ])('%s', (_, headers, expected) => {
    expect(readServerCount(new Headers(headers), 10_000)).toEqual(expected);
  });
});

const day = 86_400_000;

describe('Retry-After', () => {
  test.each<[string, number | undefined]>([
    ['3', 3_000],
    ['0', 0],
    ['1.5', 1_500],
    ['1.25', 1_250],
    [' 3 ', 3_000],
    ['9999999999999', 365 * day],
    ['9'.repeat(20), 365 * day],
    ['9'.repeat(400), 365 * day],
    ['Mon, 23 Nov 2026 10:00:04 GMT', 4_000],
    ['Mon, 23 Nov 2026 09:00:00 GMT', 0],
    ['Sat, 13 Sep 275760 00:00:00 GMT', 365 * day],
    ['soon', undefined],
    ['', undefined],
  ])('%j', (value, expected) => {
    const headers = new Headers({ 'retry-after': value, date: 'Mon, 23 Nov 2026 10:00:00 GMT' });
    expect(readRetryAfter(headers)).toBe(expected);
  });

  test.each([429, 477, 503])(
    'of a %d that never ends stops the run, and every input has its outcome',
    async (status) => {
      for (const value of ['9999999999999', '9'.repeat(20), 'Sat, 13 Sep 275760 00:00:00 GMT']) {
        const fetch = (): Promise<Response> =>
          Promise.resolve(Response.json({ message: 'later' }, { status, headers: { 'retry-after': value } }));
        const client = createAssociationsClient({ accessToken: 'any', allowance: false, fetch });
        const run = client.createAll({ ...types, inputs: [input('1', '2')] });
        const kinds: string[] = [];
        for await (const { outcomes } of run) kinds.push(...outcomes.map(({ kind }) => kind));
        expect(kinds).toHaveLength(1);
        const { inputs, created, stopped } = await run.summary;
        expect({ inputs, created }).toEqual({ inputs: 1, created: 0 });
        if (stopped !== undefined) expect(String(stopped)).toContain('Come back after 20');
      }
    },
  );
});
