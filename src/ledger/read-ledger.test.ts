import { readFile } from 'node:fs/promises';
import { expect, test } from '@jest/globals';
import { readRecords } from './read-ledger.js';
import { batch, useLedgerPath, using } from './test-support.js';

const place = useLedgerPath();

async function* chunksOf(bytes: Buffer, cuts: readonly number[]): AsyncGenerator<Buffer> {
  for (const [index, cut] of cuts.entries()) yield await Promise.resolve(bytes.subarray(cut, cuts[index + 1]));
}

test('a ledger is read alike, wherever its chunks begin', async () => {
  await using(place.path, async (ledger) => {
    await ledger.append(batch([[2, 3]]));
    await ledger.append(batch([[4, 5]]));
  });
  const bytes = await readFile(place.path);
  const ends = [...bytes.entries()].flatMap(([at, byte]) => (byte === 10 ? [at + 1] : []));
  for (let cut = 1; cut < bytes.length; cut += 1) {
    const found: number[] = [];
    for await (const records of readRecords(chunksOf(bytes, [0, cut, cut + 1]), place.path)) {
      expect(records.length).toBeGreaterThan(0);
      found.push(...records.map(({ end }) => end));
    }
    expect(found).toEqual(ends);
  }
});
