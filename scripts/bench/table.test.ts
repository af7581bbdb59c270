import { describe, expect, test } from '@jest/globals';
import { plotOf } from './plot.js';
import { markdownOf, median, rounded } from './table.js';

const table = {
  title: 'Cost per pair',
  text: 'Compared with <fetch>.',
  columns: ['', 'CPU & time'],
  rows: [
    ['a & b', 2],
    ['c', 1],
  ],
};

describe('the output of the benchmark', () => {
  test.each([
    [[3, 1, 2], 2],
    [[4, 1, 2, 3], 2.5],
    [[5], 5],
  ])('the median of %j is %d', (values, expected) => {
    expect(median(values)).toBe(expected);
  });

  test.each([
    [0.123_456, 0.123],
    [12.345, 12.3],
    [123_456.7, 123_457],
    [0, 0],
  ])('%d is rounded to %d', (value, expected) => {
    expect(rounded(value)).toBe(expected);
  });

  test('has a Markdown table and describes the machine', () => {
    const markdown = markdownOf([table]);
    expect(markdown).toContain(`## Cost per pair

Compared with <fetch>.

|  | CPU & time |
| --- | --: |
| a & b | 2 |
| c | 1 |
`);
    expect(markdown).toContain(`Node ${process.versions.node}`);
  });

  test('has a bar for each row, in proportion to its value', () => {
    const svg = plotOf(table);
    expect(svg).toContain('a &amp; b');
    expect(svg).toContain('Cost per pair: CPU &amp; time');
    const lengths = [...svg.matchAll(/width="([\d.]+)" height="18"/g)].map(([, length]) => Number(length));
    expect(lengths).toEqual([440, 220]);
  });
});
