import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createPairFilter } from './pair-filter.js';

/** Ids of few characters, so that many pairs are equal or similar. */
const anyId = fc.string({ unit: fc.constantFrom('1', '2', '\u{1f600}', '"'), maxLength: 4 });
const anyPairs = fc.array(fc.tuple(anyId, anyId), { maxLength: 200 });

describe('a pair filter', () => {
  test('finds every pair that was added more than once', () => {
    fc.assert(
      fc.property(anyPairs, fc.nat(1_000), (pairs, expectedPairs) => {
        const filter = createPairFilter(expectedPairs);
        for (const pair of pairs) filter.add(...pair);
        const counts = new Map<string, number>();
        for (const pair of pairs) counts.set(JSON.stringify(pair), (counts.get(JSON.stringify(pair)) ?? 0) + 1);
        const repeated = pairs.filter((pair) => (counts.get(JSON.stringify(pair)) ?? 0) > 1);
        expect(repeated.filter((pair) => !filter.mayRepeat(...pair))).toEqual([]);
        expect(filter.repeated).toBeGreaterThanOrEqual(pairs.length - counts.size);
      }),
    );
  });

  test('still finds them after many more pairs than expected, and after it is sealed', () => {
    const filter = createPairFilter(1);
    for (let id = 0; id < 10_000; id += 1) filter.add(String(id), '1');
    for (let id = 0; id < 10_000; id += 2) filter.add(String(id), '1');
    filter.seal();
    const unknown = Array.from({ length: 5_000 }, (_, index) => String(2 * index)).filter(
      (id) => !filter.mayRepeat(id, '1'),
    );
    expect(unknown).toEqual([]);
  });

  test.each<[string, (index: number) => [string, string]]>([
    ['consecutive ids', (index) => [String(1_000_000 + index), String(9_000_000 + index)]],
    ['one id', (index) => [String(index), '7']],
    ['ids that occur on both sides', (index) => [String(index % 317), String(Math.floor(index / 317))]],
    ['random ids', () => [String(Math.random()), String(Math.random())]],
  ])('mistakes almost no pair of %s for a repeated one', (_, pairOf) => {
    const filter = createPairFilter(20_000);
    const pairs = Array.from({ length: 20_000 }, (_, index) => pairOf(index));
    for (const pair of pairs) filter.add(...pair);
    // Fewer than one error is expected in a thousand runs.
    expect(filter.repeated).toBeLessThanOrEqual(2);
    expect(pairs.filter((pair) => filter.mayRepeat(...pair)).length).toBeLessThanOrEqual(2);
  });

  test('takes next to no other pair for a repeated one, once there is one', () => {
    const filter = createPairFilter(10_000);
    for (let id = 0; id < 10_000; id += 1) filter.add(String(id), '1');
    filter.add('0', '1');
    expect(filter.mayRepeat('0', '1')).toBe(true);
    const others = Array.from({ length: 9_999 }, (_, index) => String(index + 1));
    expect(others.filter((id) => filter.mayRepeat(id, '1')).length).toBeLessThanOrEqual(2);
  });

  test.each([
    [100, 0.01],
    [1_000_000, 9.1],
    [1_000_000_000, 18.1],
  ])('that expects %d pairs takes no more than %d MiB', (expectedPairs, most) => {
    const before = process.memoryUsage().arrayBuffers;
    const filter = createPairFilter(expectedPairs);
    const taken = process.memoryUsage().arrayBuffers - before;
    filter.add('1', '2');
    expect(taken).toBeLessThanOrEqual(most * 2 ** 20);
  });

  test('distinguishes pairs by where one id ends and the other begins, and by their order', () => {
    const filter = createPairFilter(10);
    const pairs: [string, string][] = [
      ['1', '23'],
      ['12', '3'],
      ['3', '12'],
      ['', '123'],
      ['123', ''],
    ];
    for (const pair of pairs) filter.add(...pair);
    expect(filter.repeated).toBe(0);
  });
});
