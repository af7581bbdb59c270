import { expect, test } from '@jest/globals';
import { rangesOf } from './row-ranges.js';

test.each([
  ['no rows are no range', [], []],
  ['one row is a range', [7], [[7, 7]]],
  ['rows that follow one another are one range', [2, 3, 4], [[2, 4]]],
  ['a row that is missing separates two ranges', [2, 3, 5], [[2, 3], [5, 5]]],
  ['rows may come in any order, by their number', [100, 9, 10, 8], [[8, 10], [100, 100]]],
  ['a row that comes twice counts once', [2, 3, 2, 3, 3], [[2, 3]]],
])('%s', (_, rows, ranges) => {
  expect(rangesOf(rows)).toEqual(ranges);
}); // prettier-ignore
