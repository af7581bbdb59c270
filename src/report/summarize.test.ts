import { describe, expect, test } from '@jest/globals';
import { outcomeKinds } from '../bulk/outcome.js';
import type { RunReport } from './model.js';
import type { NotCreatedEntry, ReportRecord } from './records.js';
import { statusText } from './status-text.js';
import { summarize, type Summary } from './summarize.js';
import { sampleRecords } from './test-support.js';

const at = (seconds: number): string => new Date(Date.UTC(2026, 10, 25, 8, 0, seconds)).toISOString();
const begin: ReportRecord = {
  type: 'begin',
  at: at(0),
  input: { rows: 10 },
  parameters: { target: 'https://api.hubapi.com', fromObjectType: 'contacts', toObjectType: 'companies', types: [] },
};
const run = (seconds: number): ReportRecord => {
  const file = 'my pairs.csv';
  const given = ['create', file, '--from', 'contacts', '--to', 'companies', '--from-column', 'A', '--ledger', 'run'];
  return { type: 'run', at: at(seconds), file, arguments: given, allowance: { requests: 100, perMs: 10_000 } };
};
const batch = (
  number: number,
  seconds: number,
  created: readonly (readonly [number, number])[],
  notCreated: readonly NotCreatedEntry[] = [],
): ReportRecord => ({
  ...{ type: 'batch', number, startedAt: at(seconds - 1), finishedAt: at(seconds), requests: 1 },
  ...{ correlationIds: [], created, notCreated, unmatchedErrors: [] },
});
const end = (seconds: number, counts: object, stopped: string | null = null): ReportRecord => {
  return { type: 'end', at: at(seconds), counts: { ...counts }, stopped };
};
const failed = (row: number, reason = `No contact with ID ${String(row)} exists.`): NotCreatedEntry => {
  return { row, kind: 'failed', category: 'OBJECT_NOT_FOUND', reason };
};

async function summaryOf(records: Iterable<ReportRecord>): Promise<Summary> {
  const summary = await summarize(records, 'run.ndjson');
  if (summary === undefined) throw new Error('The ledger has no record.');
  return summary;
}

async function reportOf(...records: readonly ReportRecord[]): Promise<RunReport> {
  const { report } = await summaryOf(records);
  const { outcomes, pending, rows } = report;
  if (rows !== null) expect(outcomeKinds.reduce((sum, kind) => sum + outcomes[kind], pending ?? 0)).toBe(rows);
  return report;
}

describe('the rows of a ledger', () => {
  test('have the outcomes that the end of the run counted', async () => {
    const counts = { inputs: 10, created: 7, failed: 1, invalid: 2, unconfirmed: 0, unsent: 0 };
    const report = await reportOf(begin, run(0), batch(1, 2, [[2, 8]], [failed(9)]), end(3, counts));
    expect(report).toMatchObject({ state: 'finished', rows: 10, pending: 0, outcomes: { created: 7, invalid: 2 } });
    expect(report.resume.command).toBeNull();
  });

  test('of a killed run are pending if no batch names them', async () => {
    const report = await reportOf(begin, run(0), batch(1, 2, [[2, 5]], [failed(6)]));
    expect(report).toMatchObject({ state: 'open', pending: 5, outcomes: { created: 4, failed: 1 } });
    expect(report.resume.command).toBe(
      "hubspot-associations create 'my pairs.csv' --from contacts --to companies --from-column A --ledger run",
    );
  });

  test('have their later outcome if they were resent', async () => {
    const lost: NotCreatedEntry = { row: 6, kind: 'unconfirmed', category: 'TIMEOUT', reason: 'no reply' };
    const first = [begin, run(0), batch(1, 2, [[2, 5]], [lost, { ...lost, row: 7 }])];
    const report = await reportOf(...first, run(100), batch(1, 102, [[6, 6]]));
    expect(report.outcomes).toMatchObject({ created: 5, unconfirmed: 1 });
    expect(report.reasons).toEqual([
      {
        kind: 'unconfirmed',
        category: 'TIMEOUT',
        reason: 'no reply',
        count: 1,
        examples: [{ row: 7, reason: 'no reply' }],
      },
    ]);
    expect(report.runs).toMatchObject([{ state: 'open' }, { state: 'open' }]);
  });

  test('that are invalid stay invalid when a run is resumed', async () => {
    const counts = { inputs: 10, created: 3, failed: 0, invalid: 2, unconfirmed: 0, unsent: 5 };
    const report = await reportOf(begin, run(0), batch(1, 2, [[2, 4]]), end(3, counts, 'interrupted'), run(60));
    expect(report).toMatchObject({ state: 'open', pending: 5, outcomes: { created: 3, invalid: 2, unsent: 0 } });
  });

  test('have no total if a ledger of an earlier version does not record it', async () => {
    const old = { ...begin, input: {} };
    const report = await reportOf(old, { type: 'request', at: at(1) }, batch(1, 2, [[2, 3]]), batch(1, 9, [[4, 5]]));
    expect(report).toMatchObject({ rows: null, pending: null, outcomes: { created: 4 }, retries: { known: false } });
    // Only the repeated batch number shows that another run has begun.
    expect(report.runs).toHaveLength(2);
    expect(statusText(report)).toHaveLength(10);
  });
});

test('reasons that differ only in ids are merged, and listed by frequency with their first rows', async () => {
  const many = Array.from({ length: 7 }, (_, index) => failed(index + 3));
  const other = failed(2, 'One or more associations are invalid.');
  const { reasons } = await reportOf(begin, run(0), batch(1, 2, [], [other, ...many]));
  expect(reasons.map(({ count, category }) => [count, category])).toEqual([
    [7, 'OBJECT_NOT_FOUND'],
    [1, 'OBJECT_NOT_FOUND'],
  ]);
  expect(reasons[0]?.examples.map(({ row }) => row)).toEqual([3, 4, 5, 6, 7]);
});

test('retries are counted by cause, and simultaneous waits are counted once', async () => {
  const request = (seconds: number, more: object): ReportRecord => ({ type: 'request', at: at(seconds), ...more });
  const report = await reportOf(
    ...[begin, run(0), request(1, { batch: 1 }), request(2, { batch: 2 })],
    request(5, { batch: 1, attempt: 2, after: '429', waitedMs: 2_000 }),
    request(6, { batch: 2, attempt: 2, after: 'TIMEOUT', waitedMs: 3_000 }),
    ...[batch(2, 7, [[2, 3]]), batch(1, 9, [[4, 5]])],
  );
  expect(report.retries).toEqual({ known: true, count: 2, after: [{ cause: '429', count: 1 }, { cause: 'TIMEOUT', count: 1 }] }); // prettier-ignore
  expect(report.waitedMs).toBe(3_000);
  expect(report.slowest).toMatchObject([
    { number: 1, tookMs: 8_000, retriedAfter: ['429'] },
    { number: 2, tookMs: 5_000, retriedAfter: ['TIMEOUT'] },
  ]);
});

test('the time between runs is left out, and requests are counted in any window of the allowance', async () => {
  const { report, timeline } = await summaryOf(sampleRecords({ batches: 400, killedAfter: [200] }));
  expect(report.runs).toHaveLength(2);
  expect(report.workedMs).toBeLessThan(120_000);
  expect(report.peakRequests).toBeGreaterThan(90);
  expect(report.peakRequests).toBeLessThanOrEqual(100);
  expect(new Set(timeline.limit)).toEqual(new Set([100]));
  expect(timeline.runsAt).toHaveLength(1);
  expect(timeline.batchAt).toHaveLength(400);
});

test('the status has ten lines', async () => {
  const { report } = await summaryOf(sampleRecords({ batches: 20, ended: false }));
  const lines = statusText(report);
  expect(lines).toHaveLength(10);
  expect(lines[1]).toMatch(
    /^No end is recorded: in progress, or killed\. The last record is of 2026-11-25 08:00:0\d UTC/,
  );
  expect(lines.at(-1)).toMatch(/^To resume: hubspot-associations create exports\/contacts-to-companies\.csv --from/);
});
