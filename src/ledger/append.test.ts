import { link, open, readFile, rename, rm, stat, writeFile, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { openLedger, type Ledger } from './ledger.js';
import { readLedger } from './read-ledger.js';
import type { LedgerRecord } from './records.js';
import { batch, subject, useLedgerPath, using } from './test-support.js';

const place = useLedgerPath();

async function records(): Promise<LedgerRecord[]> {
  const found: LedgerRecord[] = [];
  for await (const { record } of readLedger(place.path)) found.push(record);
  return found;
}

describe('a flush of the disk', () => {
  /** Each flush starts when requested, and continues when the test allows it. */
  const flushes: { release: () => void }[] = [];
  let begun: () => void = () => undefined;

  async function nextFlush(count: number): Promise<void> {
    while (flushes.length < count) await new Promise<void>((resolve) => (begun = resolve));
  }

  beforeEach(async () => {
    flushes.length = 0;
    const file = await open(join(place.folder, 'any'), 'w');
    const prototype = Object.getPrototypeOf(file) as FileHandle;
    await file.close();
    // eslint-disable-next-line @typescript-eslint/unbound-method -- called with the file it belongs to
    const flush = prototype.datasync;
    jest.spyOn(prototype, 'datasync').mockImplementation(async function (this: FileHandle) {
      await new Promise<void>((release) => {
        flushes.push({ release });
        begun();
      });
      await flush.call(this);
    });
  });
  afterEach(() => {
    jest.restoreAllMocks();
  });

  test('comes before a record counts', async () => {
    const opening = openLedger(place.path, subject);
    await nextFlush(1);
    flushes[0]?.release();
    const ledger = await opening;
    let counts = false;
    const appended = ledger.append(batch([[2, 3]])).then(() => (counts = true));
    await Promise.race([nextFlush(2), appended]);
    // The record is in the file, and all other pending work has run.
    for (let turn = 0; turn < 5; turn += 1) await stat(place.path);
    expect(await readFile(place.path, 'utf8')).toContain('"created":[[2,3]]');
    expect([counts, ledger.outcomeOf(2)]).toEqual([false, undefined]);
    flushes[1]?.release();
    await appended;
    expect(ledger.outcomeOf(2)).toEqual({ kind: 'created' });
    await ledger.close();
  });

  test('serves all records that were written while the last one ran', async () => {
    const opening = openLedger(place.path, subject);
    await nextFlush(1);
    flushes[0]?.release();
    const ledger = await opening;
    const first = ledger.append(batch([[2, 3]]));
    await nextFlush(2);
    const others = Array.from({ length: 20 }, (_, index) => ledger.append(batch([[index + 4, index + 4]])));
    flushes[1]?.release();
    await first;
    await nextFlush(3);
    flushes[2]?.release();
    await Promise.all(others);
    expect(flushes).toHaveLength(3);
    await ledger.close();
  });
});

test('records are read back unchanged and in order, whatever they contain', async () => {
  const texts = ['', 'No contact with ID 9 exists.', 'ü€😀 \u2028 "\\ \n \0', 'x'.repeat(300_000)];
  const appended = Array.from({ length: 200 }, (_, index) => ({
    ...batch([[index + 2, index + 2]], [{ row: index + 300, kind: 'failed', reason: texts[index % texts.length] ?? '' }]),
    number: index + 1,
    correlationIds: [`id ${String(index)}`],
    unmatchedErrors: [{ message: texts[index % texts.length] }],
  })); // prettier-ignore
  await using(place.path, (ledger) => Promise.all(appended.map((record) => ledger.append(record))));
  expect((await records()).slice(1)).toEqual(appended);
  const reasons = await using(place.path, (ledger) => [300, 301, 302].map((row) => ledger.outcomeOf(row)));
  expect(reasons).toEqual([300, 301, 302].map((row, index) => ({ row, kind: 'failed', reason: texts[index] })));
});

test('records of every type are read back as they were written', async () => {
  const at = '2026-11-23T00:00:00.000Z';
  const appended: Parameters<Ledger['append']>[0][] = [
    { type: 'run', at, file: 'a.csv', arguments: ['create', 'a.csv'], allowance: { requests: 100, perMs: 10_000 } },
    { type: 'run', at, file: 'a.csv', arguments: ['create', 'a.csv'], allowance: null },
    batch([], [{ row: 10_000, kind: 'failed', reason: '', category: 'OBJECT_NOT_FOUND' }]),
    { type: 'end', at, counts: { created: 0, failed: 1 }, stopped: null, invalid: [{ reason: 'no id', count: 1, rows: [4] }] }, // prettier-ignore
    { type: 'end', at, counts: {}, stopped: 'interrupted' },
  ];
  await using(place.path, async (ledger) => {
    for (const record of appended) await ledger.append(record);
    ledger.requestSent(new Date(at), { batch: 0, attempt: 2, after: '429', waitedMs: 0 });
  });
  const request = { type: 'request', at, batch: 0, attempt: 2, after: '429', waitedMs: 0 };
  expect((await records()).slice(1)).toEqual([...appended, request]);
});

test('records are appended to a ledger that is opened again', async () => {
  for (const row of [2, 4, 6]) await using(place.path, (ledger) => ledger.append(batch([[row, row + 1]])));
  expect((await records()).map((record) => record.type)).toEqual(['begin', 'batch', 'batch', 'batch']);
});

test.each([
  ['rows that the file cannot have', batch([[2, 10_001]])],
  ['a range that ends before it begins', batch([[3, 2]])],
  ['a row that the file cannot have', batch([], [{ row: 4e9, kind: 'failed', reason: '' }])],
])('a record with %s is refused, and nothing is written', async (_, record) => {
  await using(place.path, async (ledger) => {
    await expect(ledger.append(record)).rejects.toThrow(RangeError);
    await ledger.append(batch([[2, 3]]));
  });
  expect(await records()).toHaveLength(2);
});

describe('a ledger that cannot be written says so', () => {
  test('in a folder that does not exist', async () => {
    await expect(openLedger(join(place.folder, 'absent', 'l'), subject)).rejects.toMatchObject({
      message: expect.stringMatching(/^ledger: cannot be written: ENOENT/),
      cause: { code: 'ENOENT' },
    });
  });

  test.each([
    ['removed', (path: string) => rm(path)],
    ['replaced', (path: string) => writeFile(`${path}.new`, '').then(() => rename(`${path}.new`, path))],
  ])('if it is %s while it is in use, and records nothing more', async (_, change) => {
    const ledger = await openLedger(place.path, subject);
    await ledger.append(batch([[2, 3]]));
    await link(place.path, `${place.path}.kept`);
    await change(place.path);
    await expect(ledger.append(batch([[4, 5]]))).rejects.toThrow(/was removed or replaced while it was in use/);
    await expect(ledger.append(batch([[6, 7]]))).rejects.toThrow(/was removed or replaced while it was in use/);
    expect([2, 4, 6].map((row) => ledger.outcomeOf(row))).toEqual([{ kind: 'created' }, undefined, undefined]);
    expect(await readFile(`${place.path}.kept`, 'utf8')).not.toContain('[[6,7]]');
    await ledger.close();
  });

  test('after it has been closed', async () => {
    const ledger = await openLedger(place.path, subject);
    await ledger.close();
    ledger.requestSent(new Date());
    await expect(ledger.append(batch([[2, 2]]))).rejects.toThrow();
    await expect(ledger.append(batch([[3, 3]]))).rejects.toThrow();
    expect(await using(place.path, (again) => again.outcomeOf(2))).toBeUndefined();
  });
});
