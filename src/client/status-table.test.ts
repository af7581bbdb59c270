import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { ApiError } from './errors.js';
import { decide } from './retry-policy.js';
import { adviceFor, codeTable, statusTable, type Consequences, type Retry, type StatusRow } from './status-table.js';

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
