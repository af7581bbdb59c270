import { writeFile } from 'node:fs/promises';
import { describe, expect, test } from '@jest/globals';
import type { AssociationSpec } from '../../generated/schema.js';
import { InputError } from '../client/errors.js';
import { openRows, rowsIn } from './open-rows.js';
import type { Row } from './row.js';
import * as support from './test-support.js';
import { brief, unlabeled } from './test-support.js';

const folder = support.useFolder();

function read(content: string | Uint8Array, defaultTypes?: AssociationSpec[]): Promise<Row[]> {
  return support.read(folder.path('pairs'), content, defaultTypes);
}

describe('a CSV file with huge parts', () => {
  test.each([
    ['a cell', 'x'.repeat(2_000_000)],
    ['a cell in quotes', `"${'1,2\n'.repeat(500_000)}"`],
    ['very many cells', ','.repeat(1_500_000)],
  ])('has only the row refused that is too long because of %s', async (_, cell) => {
    const rows = await read(`from_id,to_id,note\n1,2,\n3,4,${cell}\n5,6,\n`);
    expect(brief(rows)).toEqual([
      '2 1→2',
      '3 ! row 3: is longer than 1,000,000 characters, and is skipped.',
      `${String(3 + cell.split('\n').length)} 5→6`,
    ]);
  });

  test('may have a header as long as any row', async () => {
    const rows = await read(`${'x'.repeat(500_000)},"${'y\n'.repeat(200_000)}",from_id,to_id\n1,2,3,4\n`);
    expect(brief(rows)).toEqual(['200002 3→4']);
  });

  test('is refused if its header is longer', async () => {
    await expect(read(`${'x'.repeat(3_000_000)},from_id,to_id\n1,2,3\n`)).rejects.toThrow(
      'the header is longer than 1,000,000 characters.',
    );
  });

  test('has no carriage return of a line end in a cell', async () => {
    const rows = await read('from_id,to_id,note\r\n1,2,a\r\n3,4,"b"\r\n5,6,c\r7,8,d');
    expect(rows.map(({ cells }) => cells[2])).toEqual(['a', 'b', 'c', 'd']);
  });
});

describe('an NDJSON file with a huge row', () => {
  test('has only that row refused', async () => {
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

/** Bytes as Excel writes them on Western European Windows. */
const windows1252 = (text: string): Buffer =>
  Buffer.from(text.replaceAll('€', '\u0080').replaceAll('’', '\u0092'), 'latin1');
const utf16be = (text: string): Buffer => Buffer.from(text, 'utf16le').swap16();

describe('a file in another encoding', () => {
  const content = 'from_id;to_id;name\r\n1;2;"Müller’s\r\n€ & Söhne"\r\n3;4;ÿ\r\n';
  test.each([
    ['UTF-16LE with a mark', 'UTF-16LE', Buffer.from(`\ufeff${content}`, 'utf16le')],
    ['UTF-16BE with a mark', 'UTF-16BE', utf16be(`\ufeff${content}`)],
    ['UTF-16LE without', 'UTF-16LE', Buffer.from(content, 'utf16le')],
    ['UTF-16BE without', 'UTF-16BE', utf16be(content)],
    ['Windows-1252', 'Windows-1252', windows1252(content)],
    ['UTF-8', 'UTF-8', content],
  ])('is read, and each row keeps its line: %s', async (_, encoding, bytes) => {
    const path = folder.path('encoded');
    await writeFile(path, bytes);
    const source = await openRows(path, { defaultTypes: [unlabeled] });
    const rows = await support.rowsOf(source);
    expect(rows.map(({ line, cells }) => [line, cells[2]])).toEqual([
      [2, 'Müller’s\r\n€ & Söhne'],
      [4, 'ÿ'],
    ]);
    expect(source.encoding).toBe(encoding);
  });

  test.each([
    ['UTF-16LE', Buffer.from(`\ufefffrom_id,to_id,x\n${'1,2,a\n'.repeat(40_000)}3,4,😀\n`, 'utf16le')],
    ['Windows-1252', windows1252(`from_id,to_id,x\n${'1,2,a\n'.repeat(40_000)}3,4,é\n`)],
    ['Windows-1252 in its first block', windows1252(`from_id,to_id,ü\n3,4,é\n${'1,2,ß\n'.repeat(40_000)}`)],
    [
      'UTF-8 with a character split by the end of a block',
      Buffer.from(`from_id,to_id,x\n${'1,2,€\n'.repeat(40_000)}3,4,é\n`),
    ],
  ])('is read as the same text over any number of blocks: %s', async (_, bytes) => {
    const rows = await read(bytes);
    expect(rows).toHaveLength(40_001);
    expect(brief(rows.filter(({ input }) => input?.from.id === '3'))).toHaveLength(1);
    expect(rows.flatMap(({ cells }) => (/^[\w€éß😀]+$/u.test(cells[2] ?? '') ? [] : [cells[2]]))).toEqual([]);
  });

  test.each([
    ['a byte at a time', [1, 2, 3, 4, 5, 6, 7]],
    ['in the middle of a character', [3, 20, 21, 33]],
  ])('is read from a pipe that delivers it %s', async (_, cuts) => {
    const bytes = Buffer.from('\ufefffrom_id,to_id\n1,2\n', 'utf16le');
    const blocks = async function* (): AsyncGenerator<Uint8Array, void> {
      for (const [index, start] of [0, ...cuts].entries()) {
        await Promise.resolve();
        yield bytes.subarray(start, cuts[index]);
      }
    };
    expect(brief(await support.rowsOf(await rowsIn(blocks(), { defaultTypes: [unlabeled] })))).toEqual(['2 1→2']);
  });
});

describe('a file whose encoding cannot be determined', () => {
  const latin1 = (text: string): Buffer => Buffer.from(text, 'latin1');
  const euro = Buffer.from('€').toString('latin1');
  test.each([
    ['UTF-8 first', latin1(`from_id,to_id\n1,2\n${euro},2\nö,2\n`), 'not UTF-8', 4, 24],
    ['UTF-8 first', latin1(`from_id,to_id,${euro},größe\n1,2,3\n`), 'not UTF-8', 1, 20],
    ['a UTF-8 byte order mark', latin1('ï»¿from_id,to_id\n1,ä'), 'not UTF-8', 2, 19],
    ['half a character at its end', Buffer.from('from_id,to_id\n€,1\n1,€').subarray(0, -1), 'not UTF-8', 3, 22],
    [
      'a byte that is invalid in both encodings',
      latin1('from_id,to_id\n1,ä\n2,\u0081\n'),
      'neither UTF-8 nor Windows-1252',
      3,
      20,
    ],
    [
      'UTF-8 far from its beginning',
      latin1(`from_id,to_id\n${euro},2\n${'1,2\n'.repeat(100_000)}1,é\n`),
      'not UTF-8',
      100_003,
      400_022,
    ],
  ])('is refused, and never read as something else: %s', async (_, content, encoding, line, offset) => {
    const byte = content[offset]?.toString(16) ?? '';
    const place = `the byte 0x${byte} at offset ${offset.toLocaleString('en-US')} `;
    await expect(read(content)).rejects.toThrow(`row ${String(line)}: the file is ${encoding}: ${place}`);
  });

  test('is refused if UTF-16 has half a character', async () => {
    const content = Buffer.concat([Buffer.from('\ufefffrom_id,to_id\n1,', 'utf16le'), Buffer.from([0, 0xd8, 65, 0])]);
    await expect(read(content)).rejects.toThrow('row 2: the file is UTF-16LE, and damaged: at offset 34');
  });

  test('says how to save it', async () => {
    await expect(read(latin1(`from_id,to_id\n${euro},2\nö,2\n`))).rejects.toThrow('File > Save As > CSV UTF-8');
  });

  test('yields the rows before the invalid byte', async () => {
    const path = folder.path('latin1');
    await writeFile(path, latin1(`from_id,to_id,${euro}\n1,2\n3,ä\n`));
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
    [
      'lacks its columns',
      'one,two\n1,2\n',
      /no column from_id and no to_id. It has one, two\. Say .* --from-column NAME --to-column NAME/,
    ],
    [
      'lacks a column',
      'from_id;company id\n1;2\n',
      /no column to_id\. It has from_id, "company id"\. .*--to-column NAME/,
    ],
    ['has a column twice', 'from_id,to_id,from_id\n', /the column from_id twice, in places 1 and 3/],
    ['has another delimiter', 'from_id:to_id\n1:2\n', /Columns are separated by comma, semicolon, tab or pipe/],
    [
      'is an Excel workbook',
      Buffer.from([0x50, 0x4b, 3, 4, 20, 0, 6, 0]),
      /^the file is an Excel workbook \(\.xlsx\).*CSV UTF-8/,
    ],
    ['is an old Excel workbook', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1]), /an Excel workbook \(\.xls\)/],
    ['is in UTF-32', Buffer.from('fffe000066000000', 'hex'), /UTF-32.*iconv/],
    ['is compressed', Buffer.from([0x1f, 0x8b, 8, 0]), /gzip -dc FILE/],
    ['is binary', Buffer.from([1, 2, 3, 0, 0, 0, 9]), /is binary/],
  ])('because it %s says so', async (_, content, message) => {
    const reading = read(content);
    await expect(reading).rejects.toThrow(InputError);
    await expect(reading).rejects.toThrow(message);
  });

  test('because nothing names a type says so', async () => {
    await expect(read('from_id,to_id\n1,2\n', [])).rejects.toThrow('--type');
  });

  test('because its columns have other names can be read once they are named', async () => {
    const content = 'Company ID,Contact ID,Kind,Label\n2,1,USER_DEFINED,36\n';
    const columns = { from_id: 'contact id', to_id: 'Company ID', category: 'Kind', type_id: 'Label' };
    await writeFile(folder.path('named'), content);
    const rows = await support.rowsOf(await openRows(folder.path('named'), { defaultTypes: [], columns }));
    expect(rows.map(({ input }) => [input?.from.id, input?.to.id, input?.types[0]?.associationTypeId])).toEqual([['1', '2', 36]]); // prettier-ignore
  });

  test.each([
    ['Contact ID,Company ID', '--from-column "Contact ID" --to-column "Company ID"'],
    ['company_id;name;contact_id', '--from-column contact_id --to-column company_id'],
    ['Record ID,Name,Associated Company IDs', '--from-column "Record ID" --to-column "Associated Company IDs"'],
    ['sourceId|targetId', '--from-column sourceId --to-column targetId'],
    ['from,to', '--from-column from --to-column to'],
  ])('guesses which columns are meant: %s', async (header, advice) => {
    await writeFile(folder.path('guess'), `${header}\n1,2,3\n`);
    const options = { defaultTypes: [unlabeled], objectTypes: { from: 'contacts', to: '0-2' } };
    await expect(openRows(folder.path('guess'), options)).rejects.toThrow(`probably: ${advice}`);
  });

  test.each([
    [
      { from_id: 'Contct' },
      'no column Contct and no to_id. It has Contact, Company.',
      '--from-column Contact --to-column NAME',
    ],
    [{ from_id: 'Contact', to_id: 'Company', type_id: 'Labels' }, 'no column Labels', ''],
  ])('reports that a named column is missing: %j', async (columns, problem, advice) => {
    await writeFile(folder.path('mapped'), 'Contact,Company\n1,2\n');
    const opening = openRows(folder.path('mapped'), { defaultTypes: [unlabeled], columns });
    await expect(opening).rejects.toThrow(problem);
    await expect(openRows(folder.path('mapped'), { defaultTypes: [unlabeled], columns })).rejects.toThrow(advice);
  });

  test('because it does not exist says so', async () => {
    await expect(openRows(folder.path('absent'), { defaultTypes: [] })).rejects.toThrow('ENOENT');
  });
});
