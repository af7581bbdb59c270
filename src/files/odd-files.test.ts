import { writeFile } from 'node:fs/promises';
import { describe, expect, test } from '@jest/globals';
import type { AssociationSpec } from '../../generated/schema.js';
import { InputError } from '../client/errors.js';
import { openRows } from './open-rows.js';
import type { Row } from './row.js';
import * as support from './test-support.js';
import { brief, unlabeled } from './test-support.js';

const folder = support.useFolder();

function read(content: string | Uint8Array, defaultTypes?: AssociationSpec[]): Promise<Row[]> {
  return support.read(folder.path('pairs'), content, defaultTypes);
}

describe('a CSV file of odd sizes', () => {
  test.each([
    ['a cell', 'x'.repeat(2_000_000)],
    ['a cell in quotes', `"${'1,2\n'.repeat(500_000)}"`],
    ['very many cells', ','.repeat(1_500_000)],
  ])('refuses the row alone that is too long for %s', async (_, cell) => {
    const rows = await read(`from_id,to_id,note\n1,2,\n3,4,${cell}\n5,6,\n`);
    expect(brief(rows)).toEqual([
      '2 1→2',
      '3 ! row 3: is longer than 1,000,000 characters, and is skipped.',
      `${String(3 + cell.split('\n').length)} 5→6`,
    ]);
  });

  test('reads a header of any length that a row may have', async () => {
    const rows = await read(`${'x'.repeat(500_000)},"${'y\n'.repeat(200_000)}",from_id,to_id\n1,2,3,4\n`);
    expect(brief(rows)).toEqual(['200002 3→4']);
  });

  test('refuses a header that is longer', async () => {
    await expect(read(`${'x'.repeat(3_000_000)},from_id,to_id\n1,2,3\n`)).rejects.toThrow(
      'the header is longer than 1,000,000 characters.',
    );
  });

  test('keeps no carriage return of a line end in a cell', async () => {
    const rows = await read('from_id,to_id,note\r\n1,2,a\r\n3,4,"b"\r\n5,6,c\r7,8,d');
    expect(rows.map(({ cells }) => cells[2])).toEqual(['a', 'b', 'c', 'd']);
  });
});

describe('an NDJSON file of odd sizes', () => {
  test('has a row that is refused alone when it is too long', async () => {
    const inputOf = (id: string): string => JSON.stringify({ from: { id }, to: { id: '2' } });
    const rows = await read(
      [inputOf('1'), inputOf('x'.repeat(3_000_000)), inputOf('"'.repeat(499_000)), inputOf('4')].join('\n'),
    );
    expect(rows.map(({ line, input, error }) => [line, input?.from.id.length ?? error?.message])).toEqual([
      [1, 1],
      [2, 'row 2: is longer than 1,000,000 characters, and is skipped.'],
      [3, 499_000],
      [4, 1],
    ]);
  });
});

describe('a file that is not UTF-8', () => {
  const latin1 = (text: string): Buffer => Buffer.from(text, 'latin1');
  test.each([
    ['in an id', latin1('from_id,to_id\n1,2\nä,2\nö,2\n'), 3, 18],
    ['in its header', latin1('from_id,to_id,größe\n1,2,3\n'), 1, 16],
    ['in the first byte', latin1('ä,from_id,to_id\n1,2,3\n'), 1, 0],
    ['at its end', latin1('from_id,to_id\n1,ä'), 2, 16],
    ['in NDJSON', latin1('{"from":{"id":"1"},"to":{"id":"2"}}\n{"from":{"id":"ä"},"to":{"id":"2"}}\n'), 2, 51],
    ['far from its beginning', latin1(`from_id,to_id\n${'1,2\n'.repeat(100_000)}1,é\n`), 100_002, 400_016],
    ['where a block ends', latin1(`from_id,to_id\n${'1,2\n'.repeat(16_379)}12345é,1\n`), 16_381, 65_535],
  ])('is refused, and never read as something else: %s', async (_, content, line, offset) => {
    const byte = content[offset]?.toString(16) ?? '';
    const place = `row ${String(line)}: the file is not UTF-8: the byte 0x${byte} at offset ${offset.toLocaleString('en-US')} `;
    await expect(read(content)).rejects.toThrow(place);
  });

  test('gives the rows in front of the place', async () => {
    const path = folder.path('latin1');
    await writeFile(path, latin1('from_id,to_id\n1,2\n3,ä\n'));
    const rows: Row[] = [];
    const reading = async (): Promise<void> => {
      for await (const chunk of (await openRows(path, { defaultTypes: [unlabeled] })).chunks) rows.push(...chunk);
    };
    await expect(reading()).rejects.toThrow(InputError);
    expect(brief(rows)).toEqual(['2 1→2']);
  });
});

describe('a file that cannot be read at all', () => {
  test.each([
    ['is empty', '', /is empty/],
    ['is blank', ' \n\n', /is empty/],
    ['lacks its columns', 'from,to\n1,2\n', /no from_id and no to_id: "from, to"/],
    ['lacks a column', 'from_id;to\n1;2\n', /the header has no to_id/],
    ['has a column twice', 'from_id,to_id,from_id\n', /the column from_id twice/],
    ['is a JSON array', '[{"from":{"id":"1"}}]', /JSON array/],
    ['is UTF-16', Buffer.from('\ufefffrom_id,to_id\n', 'utf16le'), /UTF-16/],
    ['is UTF-16 without a mark', Buffer.from('from_id,to_id\n', 'utf16le'), /UTF-16/],
  ])('because it %s says so', async (_, content, message) => {
    const reading = read(content);
    await expect(reading).rejects.toThrow(InputError);
    await expect(reading).rejects.toThrow(message);
  });

  test('because rows name no type, and nothing else does, says so', async () => {
    await expect(read('from_id,to_id\n1,2\n', [])).rejects.toThrow('--type');
  });

  test('because it is not there says so', async () => {
    await expect(openRows(folder.path('absent'), { defaultTypes: [] })).rejects.toThrow('ENOENT');
  });
});
