import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { ApiError } from './errors.js';
import { decide } from './retry-policy.js';
import {
  adviceFor,
  codeTable,
  consequencesOf,
  isTransient,
  mayHaveSucceeded,
  statusTable,
  type Consequences,
  type Retry,
  type StatusRow,
} from './status-table.js';

const project = join(import.meta.dirname, '..', '..');
const page = readFileSync(join(project, 'docs', 'errors.md'), 'utf8');

/** The cells of the table under this heading of docs/errors.md, without the header row. */
function tableOf(heading: string): string[][] {
  const section = page.split(/^## /m).find((text) => text.startsWith(`${heading}\n`)) ?? '';
  const lines = section.split('\n').filter((line) => line.startsWith('|'));
  return lines.slice(2).map((line) => line.slice(1, -1).split('|').map((cell) => cell.trim())); // prettier-ignore
}

const retried: Readonly<Record<Retry, string>> = {
  never: 'no',
  backoff: 'yes',
  retryAfter: 'if `Retry-After` says when',
  later: 'no: come back later',
  renewToken: 'once, with another token',
};
const yes = (flag: boolean | undefined): string => (flag === true ? 'yes' : '');

function cellsOf({ retry, mayHaveSucceeded, stops }: Consequences): string[] {
  return [retried[retry], yes(mayHaveSucceeded), yes(stops !== undefined)];
}

describe('docs/errors.md shows', () => {
  test('the consequences of each status, and what to do', () => {
    const rows = Object.entries<StatusRow>(statusTable).sort(([a], [b]) => (a < b ? -1 : 1));
    const expected = rows.map(([status, row]) => [
      `\`${status}\``,
      ...cellsOf(row),
      ...[yes(row.divisible), yes(row.spendsErrorBudget), yes(row.pausesAllRequests), row.advice],
    ]);
    expect(tableOf('By status')).toEqual(expected);
  });

  test('the consequences of every other error', () => {
    const expected = Object.entries<Consequences>(codeTable).map(([code, row]) => [
      code.replace(/^\w+/, '`$&`'),
      ...cellsOf(row),
    ]);
    expect(tableOf('By code').map((cells) => cells.slice(0, -1))).toEqual(expected);
  });

  test('every category that occurs in the spec’s examples', () => {
    const spec = readFileSync(join(project, 'generated', 'openapi.json'), 'utf8');
    const named = [...spec.matchAll(/"category": "([A-Z_]+)"/g)].map(([, category = '']) => `\`${category}\``);
    expect(tableOf('By category').map(([category]) => category)).toEqual(expect.arrayContaining(named));
    expect(named.length).toBeGreaterThan(3);
  });
});

describe('what a message advises', () => {
  const statuses = [207, 302, 400, 401, 403, 404, 408, 409, 413, 423, 429, 477, 500, 501, 502, 503, 504, 505, 521, 522, 523, 524, 525, 526]; // prettier-ignore

  test.each(statuses)('after %d agrees with whether the request is retried', (status) => {
    const error = new ApiError('', { status });
    const isRetried = decide(error, { attempt: 1, maxAttempts: 8, random: 0 }).kind === 'retry';
    expect(adviceFor(error)).not.toMatch(isRetried ? /correct/i : /: resend it later/);
  });

  test('says that repeating the request is safe wherever it may have succeeded', () => {
    for (const status of statuses) {
      const row = Object.entries<StatusRow>(statusTable).find(([name]) => name === String(status))?.[1];
      const mayHaveSucceeded = (row ?? (status >= 500 ? statusTable['5xx'] : undefined))?.mayHaveSucceeded === true;
      expect(adviceFor({ status }).includes('repeating it is safe')).toBe(mayHaveSucceeded);
    }
  });
});

describe('an error with status', () => {
  test.each<[number, object, StatusRow]>([
    [302, {}, statusTable['3xx']],
    [400, {}, statusTable['400']],
    [410, {}, statusTable['4xx']],
    [404, { body: {} }, statusTable['404']],
    [404, { body: '<html>' }, statusTable['404 page']],
    [400, { body: '<html>' }, statusTable['400']],
    [429, { policyName: 'DAILY' }, statusTable['429 DAILY']],
    [429, { policyName: 'SECONDLY' }, statusTable['429']],
    [403, { policyName: 'DAILY' }, statusTable['403']],
    [599, {}, statusTable['5xx']],
  ])('%d and %j has the consequences of its row', (status, more, row) => {
    const error = new ApiError('refused', { status, ...more });
    expect(consequencesOf(error)).toBe(row);
    expect(mayHaveSucceeded(error)).toBe(row.mayHaveSucceeded === true);
    expect(isTransient(error)).toBe(['backoff', 'retryAfter', 'later'].includes(row.retry));
  });

  test('401 does not go away with time', () => {
    expect(isTransient(new ApiError('refused', { status: 401 }))).toBe(false);
  });
});
