import { execFileSync } from 'node:child_process';
import { appendFile, mkdir, readFile, stat, symlink, truncate, writeFile } from 'node:fs/promises';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { openLedger } from './ledger.js';
import { readLedger } from './read-ledger.js';
import { batch, subject, useLedgerPath, using } from './test-support.js';

const place = useLedgerPath();
const created = { kind: 'created' };

async function recordTypes(): Promise<string[]> {
  const types: string[] = [];
  for await (const { record } of readLedger(place.path)) types.push(record.type);
  return types;
}

describe('a torn record at the end of a ledger', () => {
  beforeEach(() => using(place.path, (ledger) => ledger.append(batch([[2, 3]]))));

  const long = JSON.stringify(batch([[4, 5]], Array.from({ length: 100 }, (_, index) => ({ row: index + 10, kind: 'failed', reason: 'no' })))); // prettier-ignore
  test.each([
    ['that breaks off', long.slice(0, -10)],
    ['that breaks off within a character', Buffer.from('{"type":"batch","reason":"ü').subarray(0, -1)],
    ['of which only the end is on disk', `${'\0'.repeat(3_000)}}\n`],
  ])('%s is cut off, and its rows are resent', async (_, piece) => {
    await appendFile(place.path, piece);
    await using(place.path, async (ledger) => {
      expect([3, 4].map((row) => ledger.outcomeOf(row))).toEqual([created, undefined]);
      await ledger.append(batch([[6, 7]]));
    });
    expect(await recordTypes()).toEqual(['begin', 'batch', 'batch']);
    expect(await using(place.path, (ledger) => [3, 7].map((row) => ledger.outcomeOf(row)))).toEqual([created, created]);
  });

  test('is cut off even if nothing is written after it', async () => {
    const { size } = await stat(place.path);
    await appendFile(place.path, long.slice(0, -10));
    await using(place.path, () => undefined);
    expect((await stat(place.path)).size).toBe(size);
  });
});

test.each([1, 5, 28, 60, 200])(
  'a ledger that breaks off after %i bytes of its first record is started afresh',
  async (length) => {
    await using(place.path, () => undefined);
    await writeFile(place.path, (await readFile(place.path)).subarray(0, length));
    await using(place.path, (ledger) => ledger.append(batch([[2, 2]])));
    expect(await using(place.path, (ledger) => ledger.outcomeOf(2))).toEqual(created);
  },
);

describe('a damaged ledger is refused, with the number of the line', () => {
  beforeEach(() => using(place.path, (ledger) => ledger.append(batch([[2, 3]]))));

  const good = JSON.stringify(batch([[9, 9]]));
  const withRange = (range: string): string => good.replace('[[9,9]]', `[${range}]`);
  const withOutcome = (outcome: string): string => good.replace('"notCreated":[]', `"notCreated":[${outcome}]`);
  const endRecord = '"type":"end","at":"2026-11-23T00:00:00.000Z"';
  const runRecord = '"type":"run","at":"2026-11-23T00:00:00.000Z"';
  test.each([
    ['a broken record', '{"type":"bat', /is not JSON/],
    ['zeros', '\0'.repeat(50), /is not JSON/],
    ['an empty line', '', /is not JSON/],
    ['an unknown type', '{"type":"other"}', /is not a record of this version/],
    ['a line that is not an object', '[1]', /is not a record of this version/],
    ['a second beginning', '', /begins another ledger/],
    ['a range longer than the file', withRange('[4,4000000000]'), /names row 4000000000 of a file of 10000 bytes/],
    ['a range just longer than the file', withRange('[4,10001]'), /names row 10001 of a file of 10000 bytes/],
    ['a range that ends before it begins', withRange('[5,4]'), /wrong "created" for a record of type "batch"/],
    ['a range from row 0', withRange('[0,4]'), /wrong "created"/],
    ['a range of three', withRange('[4,5,6]'), /wrong "created"/],
    ['a fractional row', withRange('[4.5,6]'), /wrong "created"/],
    [
      'a refused row beyond the end of the file',
      withOutcome('{"row":1e15,"kind":"failed","reason":""}'),
      /names row 1000000000000000/,
    ],
    ['an unknown outcome', withOutcome('{"row":4,"kind":"created","reason":""}'), /wrong "notCreated"/],
    ['an invalid time', good.replace('2026-11-23', '2026-31-23'), /wrong "startedAt"/],
    ['a time that is a number', good.replace('"2026-11-23T00:00:00.000Z"', '2026'), /wrong "startedAt"/],
    ['a row just behind the last', withOutcome('{"row":10001,"kind":"failed","reason":""}'), /names row 10001/],
    ['a reason that is no text', withOutcome('{"row":4,"kind":"failed","reason":4}'), /wrong "notCreated"/],
    [
      'a category that is no text',
      withOutcome('{"row":4,"kind":"failed","reason":"","category":4}'),
      /wrong "notCreated"/,
    ],
    ['a number below zero', good.replace('"requests":1', '"requests":-1'), /wrong "requests"/],
    ['a run without its file', `{${runRecord},"allowance":null}`, /wrong "file" for a record of type "run"/],
    ['a run without its arguments', `{${runRecord},"file":"a.csv","allowance":null}`, /wrong "arguments"/],
    ['a run without its allowance', `{${runRecord},"file":"a.csv","arguments":[]}`, /wrong "allowance"/],
    [
      'half an allowance',
      `{${runRecord},"file":"a.csv","arguments":[],"allowance":{"requests":1}}`,
      /wrong "allowance"/,
    ],
    ['the other half', `{${runRecord},"file":"a.csv","arguments":[],"allowance":{"perMs":1}}`, /wrong "allowance"/],
    ['an end without counts', `{${endRecord},"stopped":null}`, /wrong "counts" for a record of type "end"/],
    ['a list of counts', `{${endRecord},"counts":[1],"stopped":null}`, /wrong "counts"/],
    ['a count that is none', `{${endRecord},"counts":{"created":1,"failed":"2"},"stopped":null}`, /wrong "counts"/],
    ['an end that does not say why', `{${endRecord},"counts":{}}`, /wrong "stopped"/],
    ['invalid rows without a reason', `{${endRecord},"counts":{},"stopped":null,"invalid":[{"count":1,"rows":[1]}]}`, /wrong "invalid"/], // prettier-ignore
    ['invalid rows without a count', `{${endRecord},"counts":{},"stopped":null,"invalid":[{"reason":"","rows":[1]}]}`, /wrong "invalid"/], // prettier-ignore
    ['invalid rows without numbers', `{${endRecord},"counts":{},"stopped":null,"invalid":[{"reason":"","count":1}]}`, /wrong "invalid"/], // prettier-ignore
    ['a token without its fingerprint', '{"type":"token","at":"2026-11-23T00:00:00.000Z"}', /wrong "tokenFingerprint"/],
    ['a request without a time', '{"type":"request"}', /wrong "at" for a record of type "request"/],
  ])('%s', async (name, line, problem) => {
    const [begin = ''] = (await readFile(place.path, 'utf8')).split('\n');
    await appendFile(place.path, `${name === 'a second beginning' ? begin : line}\n${good}\n`);
    const before = await readFile(place.path, 'utf8');
    const error: unknown = await openLedger(place.path, subject).catch((caught: unknown) => caught);
    expect(String(error)).toMatch(/^ConfigurationError: ledger: line 3 of .*Delete that line/);
    expect(String(error)).toMatch(problem);
    await expect(recordTypes()).rejects.toThrow(/line 3/);
    expect(await readFile(place.path, 'utf8')).toBe(before);
  });

  test('even if it is the last line, if that is whole', async () => {
    await appendFile(place.path, `${withRange('[4,4000000000]')}\n`);
    await expect(openLedger(place.path, subject)).rejects.toThrow(/line 3 .*names row 4000000000/);
  });

  test('if a line does not end, without reading all of it', async () => {
    await truncate(place.path, 2 ** 40);
    await expect(openLedger(place.path, subject)).rejects.toThrow(/line 3 of .* does not end/);
  });

  test('even if it is the last line, if that is whole and of an unknown type', async () => {
    await appendFile(place.path, '{"type":"other"}\n');
    await expect(openLedger(place.path, subject)).rejects.toThrow(/line 3 .*is not a record of this version/);
  });

  test('and is valid again without that line', async () => {
    const sound = await readFile(place.path, 'utf8');
    await appendFile(place.path, `{"type":"bat\n${good}\n`);
    await expect(openLedger(place.path, subject)).rejects.toThrow(/line 3/);
    await writeFile(place.path, `${sound}${good}\n`);
    expect(await using(place.path, (ledger) => ledger.outcomeOf(9))).toEqual(created);
  });
});

describe('a ledger whose first line is whole, but not a valid beginning, is refused', () => {
  const begin = { type: 'begin', version: 1, at: '2026-11-23T00:00:00.000Z', input: subject.input, parameters: subject.parameters, tokenFingerprint: '' }; // prettier-ignore

  test.each([
    ['if it is not JSON', '{"type":"begin",', /is not JSON/],
    ['if it is of a later version', JSON.stringify({ ...begin, version: 2 }), /wrong "version"/],
    ['if it has no hash of the file', JSON.stringify({ ...begin, input: { bytes: 1 } }), /wrong "input"/],
    ['if it has no size of the file', JSON.stringify({ ...begin, input: { sha256: 'aa' } }), /wrong "input"/],
    ['if its number of rows is text', JSON.stringify({ ...begin, input: { ...subject.input, rows: '1' } }), /wrong "input"/], // prettier-ignore
  ])('%s', async (_, line, problem) => {
    await writeFile(place.path, `${line}\n`);
    const error: unknown = await openLedger(place.path, subject).catch((caught: unknown) => caught);
    expect(String(error)).toMatch(problem);
    expect(String(error)).toMatch(/line 1 of .*Name another ledger\.$/);
    expect(await readFile(place.path, 'utf8')).toBe(`${line}\n`);
  });
});

describe('a path that is not a regular file is refused as a ledger', () => {
  const refusal = (path: string): Promise<unknown> =>
    openLedger(path, subject).then(
      () => 'opened',
      (error: unknown) => String(error),
    );

  test('a FIFO, which opening would wait for', async () => {
    execFileSync('sh', ['-c', 'mkfifo "$0"', place.path]);
    expect(await refusal(place.path)).toMatch(/is a FIFO, not a regular file/);
    await symlink(place.path, `${place.path}.link`);
    expect(await refusal(`${place.path}.link`)).toMatch(/is a FIFO/);
  });

  test('a folder and a device', async () => {
    await mkdir(place.path);
    expect(await refusal(place.path)).toMatch(/is a folder, not a regular file/);
    expect(await refusal('/dev/null')).toMatch(/is a device or a socket, not a regular file/);
  });
});
