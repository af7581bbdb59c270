import { readFile } from 'node:fs/promises';
import { expect, test } from '@jest/globals';
import { batch, useLedgerPath, using } from './test-support.js';

const place = useLedgerPath();
const hourMs = 3_600_000;

function recentRequests(): Promise<readonly Date[]> {
  return using(place.path, (ledger) => ledger.recentRequests);
}

test('requests of earlier runs are known, the newest last', async () => {
  const times = [3, 1, 2].map((hours) => new Date(Date.now() - hours * hourMs));
  expect(await recentRequests()).toEqual([]);
  await using(place.path, (ledger) => {
    for (const at of times.slice(0, 2)) ledger.requestSent(at);
    expect(ledger.recentRequests).toEqual([]);
  });
  await using(place.path, (ledger) => {
    ledger.requestSent(times[2] ?? new Date());
  });
  expect(await recentRequests()).toEqual([times[0], times[2], times[1]]);
});

test('requests of more than 24 hours ago are forgotten', async () => {
  const [recent, old] = [23.9, 24.1].map((hours) => new Date(Date.now() - hours * hourMs));
  await using(place.path, (ledger) => {
    for (const at of [old, recent]) ledger.requestSent(at ?? new Date());
  });
  expect(await recentRequests()).toEqual([recent]);
});

test('a request from the future, before the clock was set back, counts as sent now', async () => {
  await using(place.path, (ledger) => {
    ledger.requestSent(new Date(Date.now() + 100 * hourMs));
  });
  const [at] = await recentRequests();
  expect(at?.getTime()).toBeLessThanOrEqual(Date.now());
});

test('requests are stored among the records in the order of writing', async () => {
  await using(place.path, async (ledger) => {
    ledger.requestSent(new Date());
    const appended = ledger.append(batch([[2, 3]]));
    ledger.requestSent(new Date());
    ledger.requestSent(new Date());
    await appended;
  });
  const lines = (await readFile(place.path, 'utf8')).trimEnd().split('\n');
  const types = lines.map((line) => (JSON.parse(line) as { type: string }).type);
  expect(types).toEqual(['begin', 'request', 'batch', 'request', 'request']);
});
