import { describe, expect, test } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { readRecords } from './csv-records.js';

/** The records of a text that arrives in these pieces, each with its line; `null` for one that is too long. */
function recordsOf(pieces: readonly string[], delimiter = ','): [number, string[] | null][] {
  const records: [number, string[] | null][] = [];
  const reader = readRecords(delimiter, {
    onRecord: (cells, line) => records.push([line, cells]),
    onTooLong: (line) => records.push([line, null]),
  });
  for (const piece of pieces) reader.push(piece);
  reader.end();
  return records;
}

/** The records that csv-parse finds, with the line on which each record ends. */
function oracle(text: string): string[][] {
  return parse(text, {
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
  });
}

const cut = (text: string, places: readonly number[]): string[] => {
  const sorted = [0, ...places.map((place) => place % (text.length + 1)).sort((a, b) => a - b), text.length];
  return sorted.slice(1).map((end, index) => text.slice(sorted[index], end));
};

/** Text of significant characters, with every quoted cell closed. */
const anyCsv = fc
  .array(
    fc.oneof(
      fc.constantFrom(',', '\n', '\r\n', '\r', 'a', ' ', 'é€😀', 'b"c', ',,', '\n\n'),
      fc.array(fc.constantFrom('x', ',', '\n', '\r\n', '\r', '""', ' ')).map((parts) => `"${parts.join('')}"`),
    ),
    { maxLength: 40 },
  )
  .map((parts) => parts.join(''))
  .filter((text) => {
    try {
      oracle(text);
      return true;
    } catch {
      return false;
    }
  });

describe('records of CSV', () => {
  test('equal those of csv-parse, wherever the text is split', () => {
    fc.assert(
      fc.property(anyCsv, fc.array(fc.nat(), { maxLength: 6 }), (text, places) => {
        expect(recordsOf(cut(text, places)).map(([, cells]) => cells)).toEqual(oracle(text));
      }),
      { numRuns: 1_000 },
    );
  });

  test('begin on the right line, whatever line breaks their cells contain', () => {
    const lineEnd = fc.constantFrom('\n', '\r\n', '\r');
    const record = fc.record({ breaks: fc.array(lineEnd, { maxLength: 3 }), end: lineEnd, blankLines: fc.nat(2) });
    fc.assert(
      fc.property(fc.array(record, { maxLength: 20 }), fc.array(fc.nat(), { maxLength: 6 }), (records, places) => {
        let text = '';
        let line = 1;
        const lines: number[] = [];
        for (const { breaks, end, blankLines } of records) {
          lines.push(line);
          const cell = breaks.map((lineBreak) => `x${lineBreak}`).join('');
          // A line feed after a carriage return would be part of the same line end.
          text += `${cell === '' ? 'y' : `"${cell}y"`},z${end}${'\r\n'.repeat(blankLines)}`;
          line += breaks.length + 1 + blankLines;
        }
        expect(recordsOf(cut(text, places)).map(([number]) => number)).toEqual(lines);
      }),
    );
  });

  test.each([
    ['without quotes', 'x'.repeat(1_000_001)],
    ['within quotes', `"${'x,""\r\n'.repeat(200_000)}"`],
    ['after closing quotes', `"a"${'b'.repeat(1_000_001)}`],
    ['with many cells', 'x,'.repeat(600_000)],
  ])('that are too long %s are skipped without affecting others', (_, cell) => {
    const text = `1,2\n${cell},4\r\n5,"6"\n`;
    const line = 3 + (cell.split('\n').length - 1);
    const expected = [
      [1, ['1', '2']],
      [2, null],
      [line, ['5', '6']],
    ];
    expect(recordsOf([text])).toEqual(expected);
    expect(recordsOf(text.match(/[^]{1,65536}/g) ?? [])).toEqual(expected);
    expect(recordsOf(text.match(/[^]{1,300001}/g) ?? [])).toEqual(expected);
  });

  test('of the maximum length are read', () => {
    const cell = 'x'.repeat(999_998);
    expect(recordsOf([`${cell},y\n`, '1,2'])).toEqual([
      [1, [cell, 'y']],
      [2, ['1', '2']],
    ]);
  });

  test('end at a quote that is never closed, with constant memory', () => {
    const reader = readRecords(',', { onRecord: () => undefined, onTooLong: () => undefined });
    reader.push('1,2\n3,"4\n');
    for (let count = 0; count < 100; count += 1) reader.push('5,6\n'.repeat(16_384));
    expect(() => {
      reader.end();
    }).toThrow('row 2: the file cannot be read from here on: a quote is opened here or later and never closed.');
  });
});
