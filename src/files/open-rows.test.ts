import { describe, expect, test } from '@jest/globals';
import type { AssociationSpec } from '../../generated/schema.js';
import type { Row } from './row.js';
import * as support from './test-support.js';
import { brief, unlabeled } from './test-support.js';

const folder = support.useFolder();

function read(content: string, defaultTypes?: AssociationSpec[]): Promise<Row[]> {
  return support.read(folder.path('pairs'), content, defaultTypes);
}

describe('a CSV file', () => {
  test.each([
    ['with LF', 'from_id,to_id\n1,2\n3,4\n'],
    ['with CRLF', 'from_id,to_id\r\n1,2\r\n3,4\r\n'],
    ['without a last line end', 'from_id,to_id\n1,2\n3,4'],
    ['with a byte order mark', '\ufefffrom_id,to_id\n1,2\n3,4\n'],
    ['with quotes', '"from_id","to_id"\n"1","2"\n"3","4"\n'],
    ['with blanks around ids', 'from_id , to_id\n 1 , 2\n3,4 \n'],
    ['with capitals in the header', 'From_ID,TO_ID\n1,2\n3,4\n'],
    ['with semicolons', 'from_id;to_id\n1;2\n3;4\n'],
    ['with tabs', 'from_id\tto_id\n1\t2\n3\t4\n'],
    ['with pipes', 'from_id|to_id\n1|2\n3|4\n'],
  ])('%s is read', async (_, content) => {
    expect(brief(await read(content))).toEqual(['2 1→2', '3 3→4']);
  });

  test('keeps other columns, and the line on which each row begins', async () => {
    const rows = await read('name,from_id,to_id\n"Ada, Ltd",1,2\n\n"two\nlines",3,4\n"say ""hi""",5,6\n');
    expect(rows.map(({ line, cells }) => [line, cells[0]])).toEqual([
      [2, 'Ada, Ltd'],
      [4, 'two\nlines'],
      [6, 'say "hi"'],
    ]);
  });

  test('with a blank line before its header counts that line', async () => {
    expect(brief(await read('\nfrom_id,to_id\n1,2\n'))).toEqual(['3 1→2']);
  });

  test.each([
    ['sep=;\r\nfrom_id;to_id\r\n1;2\r\n', '3 1→2'],
    ['"sep=|"\n\nfrom_id|to_id\n1|2\n', '4 1→2'],
    ['sep=:\nfrom_id:to_id\n1:2\n', '3 1→2'],
    ['sep=,\nfrom_id;to_id\n1;2\n', '3 1→2'],
  ])('may name its delimiter in the first line: %j', async (content, row) => {
    expect(brief(await read(content))).toEqual([row]);
  });

  test('has no rows for a spreadsheet’s blank lines, but counts the lines', async () => {
    expect(brief(await read('from_id;to_id;note\r\n1;2;x\r\n;;\r\n ; ; \r\n   \r\n;;note\r\n3;4;\r\n'))).toEqual([
      '2 1→2',
      '6 ! row 6: column from_id is empty.',
      '7 3→4',
    ]);
  });

  test('with a quote that is never closed near its end says so', async () => {
    await expect(read('from_id,to_id\n1,2\n3,"4\n')).rejects.toThrow(
      'row 3: the file cannot be read from here on: a quote',
    );
  });

  test('may have a delimiter in a quoted column of the header', async () => {
    const rows = await read('"Name, full",from_id,to_id,old_company\n"Doe, J",101,201,301\n');
    expect(brief(rows)).toEqual(['2 101→201']);
  });

  test('may have inputs as JSON, as in the rejects of an NDJSON file', async () => {
    const content =
      'input,row,outcome,reason\n"{""from"":{""id"":""1""},""to"":{""id"":""2""}}",7,unsent,\n{,8,invalid,\n';
    expect(brief(await read(content))).toEqual(['2 1→2', '3 ! row 3: is not JSON: each row must be one whole input.']);
  });

  test('may name the type of each row, and a row without one gets the default', async () => {
    const rows = await read('from_id,to_id,category,type_id\n1,2,USER_DEFINED,36\n3,4,user_defined,37\n5,6,,\n');
    expect(rows.map(({ input }) => input?.types)).toEqual([
      [{ associationCategory: 'USER_DEFINED', associationTypeId: 36 }],
      [{ associationCategory: 'USER_DEFINED', associationTypeId: 37 }],
      [unlabeled],
    ]);
  });

  test('reports what is wrong with each invalid row, and continues', async () => {
    const rows = await read(
      [
        'from_id,to_id,category,type_id',
        ',2,,',
        '1,,,',
        '1.23457E+11,2,,',
        '1,2,MINE,1',
        '1,2,USER_DEFINED,x',
        '1,2,USER_DEFINED,',
        '1,2,,36',
        '1,2,,,,more',
        '1',
        '1,2',
      ].join('\n'),
    );
    expect(brief(rows)).toEqual([
      '2 ! row 2: column from_id is empty.',
      '3 ! row 3: column to_id is empty.',
      expect.stringContaining('4 ! row 4: column from_id is 1.23457E+11: a spreadsheet has changed the id'),
      '5 ! row 5: column category must be one of HUBSPOT_DEFINED, INTEGRATOR_DEFINED, USER_DEFINED, WORK; it is MINE.',
      '6 ! row 6: column type_id must be a whole number of 32 bits; it is x.',
      '7 ! row 7: column type_id must be a whole number of 32 bits; it is empty.',
      '8 ! row 8: column category must be one of HUBSPOT_DEFINED, INTEGRATOR_DEFINED, USER_DEFINED, WORK; it is empty.',
      '9 ! row 9: has 6 cells, and the header 4 columns; too many: ["","more"].',
      '10 ! row 10: column to_id is empty.',
      '11 1→2',
    ]);
  });

  test.each(['1.23457E+11', '1,5e3', '37295.0', '1.234.567', '37\u00a0295', '="37295"'])(
    'with the id %s says that a spreadsheet changed it',
    async (id) => {
      const [row] = await read(`from_id;to_id\n${id};2\n`);
      expect(row?.error?.message).toContain('a spreadsheet has changed the id');
    },
  );

  test('with a stray quote still has separate rows', async () => {
    expect(brief(await read('from_id,to_id,note\n1,2,5" pipe\n3,4,"a"b"\n5,6,\n'))).toEqual([
      '2 1→2',
      '3 3→4',
      '4 5→6',
    ]);
  });

  test('with a quote that is never closed says from which line it cannot be read', async () => {
    const content = `from_id,to_id,note\n1,2,fine\n3,4,"open\n${'5,6,swallowed\n'.repeat(100_000)}`;
    await expect(read(content)).rejects.toThrow(
      'row 3: the file cannot be read from here on: a quote is opened here or later and never closed.',
    );
  });

  test('is read correctly if the end of a block splits a character', async () => {
    const rows = await read(`from_id,to_id,name\n${'1,2,größe€😀\n'.repeat(20_000)}`);
    expect(rows).toHaveLength(20_000);
    expect(new Set(rows.map(({ cells }) => cells[2]))).toEqual(new Set(['größe€😀']));
  });
});

describe('rows of the same types', () => {
  test.each([
    ['the default', 'from_id,to_id\n1,2\n3,4\n5,6\n'],
    ['cells', 'from_id,to_id,category,type_id\n1,2,USER_DEFINED,36\n3,4,WORK,1\n5,6,USER_DEFINED,36\n'],
    [
      'JSON',
      `${['36', '1', '36'].map((id) => `{"from":{"id":"1"},"to":{"id":"2"},"types":[{"associationCategory":"WORK","associationTypeId":${id}}]}`).join('\n')}\n`,
    ],
  ])('share one frozen list: %s', async (_, content) => {
    const [first, , third] = await read(content);
    expect(first?.input?.types).toBe(third?.input?.types);
    expect(Object.isFrozen(first?.input?.types)).toBe(true);
  });

  test('keep undocumented members', async () => {
    const type = '{"associationCategory":"WORK","associationTypeId":1,"since":2025}';
    const [row] = await read(`{"from":{"id":"1"},"to":{"id":"2","name":"x"},"types":[${type}]}\n`);
    expect(JSON.stringify(row?.input)).toBe(`{"from":{"id":"1"},"to":{"id":"2","name":"x"},"types":[${type}]}`);
  });
});

describe('an NDJSON file', () => {
  test('yields its lines without line ends', async () => {
    const text = '{"from":{"id":"1"},"to":{"id":"2"}}';
    const rows = await read(`${text}\r\n${text}\n${text}\r\n`);
    expect(rows.map(({ cells }) => cells)).toEqual([[text], [text], [text]]);
  });

  test('has one input per line, which is checked against the spec', async () => {
    const rows = await read(
      [
        '{"from":{"id":"1"},"to":{"id":"2"},"types":[{"associationCategory":"USER_DEFINED","associationTypeId":36}]}',
        '',
        '{"from":{"id":"3"},"to":{"id":"4"}}',
        '{"from":{"id":5},"to":{"id":"6"}}',
        '{"from":',
        '{"from":{"id":"7"},"to":{"id":"8"}}\r',
      ].join('\n'),
    );
    expect(brief(rows)).toEqual([
      '1 1→2',
      '3 3→4',
      '4 ! row 4: /from/id must be a string; it is the number 5. Write ids in quotes, "5": a long one loses digits as a number.',
      '5 ! row 5: is not JSON: each row must be one whole input.',
      '6 7→8',
    ]);
    expect(rows.map(({ input }) => input?.types[0]?.associationTypeId)).toEqual([36, 279, undefined, undefined, 279]);
  });

  test('without types needs a default', async () => {
    expect(brief(await read('{"from":{"id":"1"},"to":{"id":"2"}}', []))).toEqual([
      '1 ! row 1: lacks types, which is required.',
    ]);
  });
});

describe('one JSON document', () => {
  const input = (id: string): unknown => ({ from: { id }, to: { id: '9, ]}" \\' } });
  const inputs = ['1', '2', '3'].map(input);

  test.each([
    ['the documented body, indented', JSON.stringify({ inputs }, undefined, 2)],
    ['the documented body on one line', JSON.stringify({ inputs })],
    ['a list', `\n${JSON.stringify(inputs)}\n`],
    ['a list with CRLF', JSON.stringify(inputs, undefined, '\t').replaceAll('\n', '\r\n')],
  ])('is read, and its rows are numbered by their place: %s', async (_, content) => {
    expect(brief(await read(content))).toEqual(['1 1→9, ]}" \\', '2 2→9, ]}" \\', '3 3→9, ]}" \\']);
  });

  test('has only those inputs refused that are too long', async () => {
    const rows = await read(JSON.stringify({ inputs: [input('1'), input('x'.repeat(3_000_000)), 4, input('4')] }));
    expect(brief(rows)).toEqual([
      expect.stringMatching(/^1 1→/),
      '2 ! row 2: is longer than 1,000,000 characters, and is skipped.',
      '3 ! row 3: must be an object; it is the number 4.',
      expect.stringMatching(/^4 4→/),
    ]);
  });

  test.each([
    ['that breaks off', '{"inputs":[{"from":{"id":"1"},', 'row 1: the file breaks off here'],
    ['followed by something', '[] {"inputs":[]}', 'something follows the list of inputs'],
    ['without a list', '{"inputs": {"from":{"id":"1"}}}', 'inputs must be a list'],
  ])('%s says so', async (_, content, message) => {
    await expect(read(content)).rejects.toThrow(message);
  });
});
