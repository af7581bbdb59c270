import { writeFile } from 'node:fs/promises';
import { describe, expect, test } from '@jest/globals';
import { createKnownRows } from './known-rows.js';
import { openLedger } from './ledger.js';
import { batch, subject, useLedgerPath, using } from './test-support.js';

const place = useLedgerPath();
const bytes = 4_100_000_000;
const large = { input: { sha256: 'b'.repeat(64), bytes } };

describe('created rows are known', () => {
  const pageEdges = [1, 1_023, 1_024, 1_025, 32_767, 32_768, 32_769, 65_535, 65_536, 98_304];

  test.each([
    ['one by one', pageEdges.map((row) => [row, row] as const)],
    ['in a range up to the edge of a page', [[1, 32_767]] as const],
    ['in a range from the edge of a page to that of another', [[32_768, 98_303]] as const],
    ['in ranges that overlap', [[1, 70_000], [30_000, 30_001], [65_000, 98_304]] as const], // prettier-ignore
    ['up to the last row of a large file', [[bytes, bytes]] as const],
  ])('%s', async (_, created) => {
    const isCreated = (row: number): boolean => created.some(([first, last]) => first <= row && row <= last);
    await using(place.path, (ledger) => ledger.append(batch(created)), large);
    const asked = [...pageEdges, ...pageEdges.map((row) => row + 1), 30_000, 98_305, bytes - 1, bytes];
    const known = await using(place.path, (ledger) => asked.map((row) => ledger.outcomeOf(row) !== undefined), large);
    expect(known).toEqual(asked.map(isCreated));
  });

  test('even four thousand million in one range, with little memory', async () => {
    const before = process.memoryUsage().arrayBuffers;
    await using(place.path, (ledger) => ledger.append(batch([[1, bytes]])), large);
    const known = await using(place.path, (ledger) => [1, 2_000_000_000, bytes, bytes + 1].map((row) => ledger.outcomeOf(row)?.kind), large); // prettier-ignore
    expect(known).toEqual(['created', 'created', 'created', undefined]);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(50_000_000);
  });
});

test('each refused row has its own reason, whichever record it is in and in whatever order rows are looked up', async () => {
  const rows = Array.from({ length: 400 }, (_, index) => index + 2);
  const refused = (row: number) => ({ row, kind: 'failed' as const, reason: `reason ${String(row)}` });
  // Forty records, each with every fortieth row, so that neighbouring rows are in different records.
  const batches = Array.from(
    { length: 40 },
    (_, record) =>
    batch(record % 2 === 0 ? [] : [[1_000 + record, 1_000 + record]], rows.filter((row) => row % 40 === record).map(refused)), // prettier-ignore
  );
  await using(place.path, async (ledger) => {
    await Promise.all(batches.map((record) => ledger.append(record)));
    expect(rows.map((row) => ledger.outcomeOf(row))).toEqual(rows.map(refused));
  });
  await using(place.path, (ledger) => {
    expect(rows.map((row) => ledger.outcomeOf(row))).toEqual(rows.map(refused));
    const backwards = [...rows].reverse();
    expect(backwards.map((row) => ledger.outcomeOf(row))).toEqual(backwards.map(refused));
  });
});

test('a row that was refused and then created is created', async () => {
  await using(place.path, async (ledger) => {
    await ledger.append(batch([], [{ row: 2, kind: 'failed', reason: 'no' }]));
    await ledger.append(batch([[2, 2]]));
    expect(ledger.outcomeOf(2)).toEqual({ kind: 'created' });
  });
});

test('a ledger that was overwritten while it is in use is refused', async () => {
  const ledger = await openLedger(place.path, subject);
  await ledger.append(batch([], [{ row: 2, kind: 'failed', reason: 'no' }]));
  await writeFile(place.path, 'x'.repeat(2_000));
  expect(() => ledger.outcomeOf(2)).toThrow(/was changed while it was in use/);
  await ledger.close();
});

test.each([
  [16, 16],
  [17, 34],
])('of %d records whose rows are asked for in turns, twice, %d are read: sixteen are kept', (count, expected) => {
  const records = Array.from({ length: count }, (_, index) =>
    batch([], [{ row: index + 1, kind: 'failed', reason: String(index) }]),
  );
  let read = 0;
  const rows = createKnownRows(({ begin }) => {
    read += 1;
    const record = records[begin];
    if (record === undefined) throw new Error(`There is no record at ${String(begin)}.`);
    return record;
  });
  for (const [index, record] of records.entries()) rows.add(record, { begin: index, end: index + 1 });
  for (let turn = 0; turn < 2; turn += 1) {
    for (let index = 0; index < count; index += 1) {
      expect(rows.outcomeOf(index + 1)).toMatchObject({ reason: String(index) });
    }
  }
  expect(read).toBe(expected);
});
