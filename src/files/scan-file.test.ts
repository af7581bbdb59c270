import { createHash } from 'node:crypto';
import { appendFile, open, readdir, truncate, writeFile } from 'node:fs/promises';
import { describe, expect, test } from '@jest/globals';
import { InputError, StoppedError } from '../client/errors.js';
import { blockSize } from './read-blocks.js';
import type { Row } from './row.js';
import { scanFile, type Scan } from './scan-file.js';
import { SourceChangedError } from './source-changed-error.js';
import { brief, rowsOf, unlabeled, useFolder } from './test-support.js';

const folder = useFolder();
const { signal } = new AbortController();

async function scan(content: string | Uint8Array, name = 'pairs'): Promise<Scan> {
  await writeFile(folder.path(name), content);
  return scanFile(folder.path(name), { defaultTypes: [unlabeled] }, signal);
}

/**
 * Ids of usual length. With shorter rows, a file has more rows than expected from its size, and a few may
 * count as repeated.
 */
const longId = (id: number): string => String(id).padStart(30, '0');

describe('a scan', () => {
  test.each([
    ['CSV', 'from_id,to_id\n1,2\n\n,4\n1,2,3\n5,6', 4],
    ['NDJSON', '{"from":{"id":"1"},"to":{"id":"2"}}\n\n{}\n{"from":', 3],
    ['one JSON document', '{"inputs": [\n{"from":{"id":"1"},"to":{"id":"2"}}, {}]}', 2],
    ['CSV of JSON', 'input\n"{""from"":{""id"":""1""},""to"":{""id"":""2""}}"\n{}\n', 2],
  ])('knows the content of a file of %s and counts its rows, without a temporary file', async (_, content, rows) => {
    const found = await scan(content);
    const sha256 = createHash('sha256').update(content).digest('hex');
    expect(found).toMatchObject({ sha256, bytes: content.length, rows, path: folder.path('pairs') });
    expect(await rowsOf(await found.open())).toHaveLength(rows);
    await expect(readdir(found.folder)).rejects.toThrow('ENOENT');
    await found.close();
  });

  test('takes no row without an id for a repeated one', async () => {
    const found = await scan(
      '{}\n{}\n{"from":{"id":"1"}}\n{"from":{"id":"1"}}\n{"to":{"id":"1"}}\n{"to":{"id":"1"}}\n',
    );
    expect([found.rows, found.repeatedRows]).toEqual([6, 0]);
    await found.close();
  });

  test('of a file without repetitions defers no row', async () => {
    const found = await scan(
      `from_id,to_id\n${Array.from({ length: 10_000 }, (_, id) => `${longId(id)},1\n`).join('')}`,
    );
    expect(found.repeatedRows).toBe(0);
    const rows = await rowsOf(await found.open());
    expect(rows.filter(({ input }) => input === undefined || found.mayRepeat(input))).toEqual([]);
  });

  test.each([
    ['CSV', (id: string) => `${id}, 1\n`, 'from_id,to_id\n'],
    ['quoted CSV', (id: string) => `"${id}","1"\r\n`, 'from_id,to_id\r\n'],
    ['NDJSON', (id: string) => `{"from":{"id":"${id}"},"to":{"id":"1"}}\n`, ''],
    ['CSV of JSON', (id: string) => `"{""from"":{""id"":""${id}""},""to"":{""id"":""1""}}"\n`, 'input\n'],
  ])('finds repeated pairs throughout a file of %s', async (_, rowOf, header) => {
    const ids = Array.from({ length: 10_000 }, (_, id) => longId(id));
    const again = [0, 9_999, 0].map(longId);
    const found = await scan(`${header}${[...ids, ...again].map(rowOf).join('')}`);
    expect(found.repeatedRows).toBe(3);
    const rows = await rowsOf(await found.open());
    const repeated = rows.filter(({ input }) => input !== undefined && found.mayRepeat(input));
    expect(repeated.map(({ input }) => input?.from.id)).toEqual([longId(0), longId(9_999), ...again]);
  });

  test('refuses a file that is not UTF-8, wherever the invalid byte is', async () => {
    const euro = Buffer.from('€').toString('latin1');
    const content = Buffer.from(`from_id,to_id,${euro}\n${'1,2\n'.repeat(50_000)}é,2\n`, 'latin1');
    await expect(scan(content)).rejects.toThrow('row 50002: the file is not UTF-8');
  });

  test('leaves it to the second reading to report where a file becomes unreadable', async () => {
    const found = await scan('from_id,to_id\n1,2\n3,"4\n');
    const rows: Row[] = [];
    const reading = async (): Promise<void> => {
      for await (const chunk of (await found.open()).chunks) rows.push(...chunk);
    };
    await expect(reading()).rejects.toThrow(InputError);
    expect(brief(rows)).toEqual(['2 1→2']);
  });

  test('ends when the signal aborts', async () => {
    const reason = new Error('interrupted');
    await writeFile(folder.path('pairs'), 'from_id,to_id\n1,2\n');
    const scanning = scanFile(folder.path('pairs'), { defaultTypes: [unlabeled] }, AbortSignal.abort(reason));
    await expect(scanning).rejects.toMatchObject({ code: 'STOPPED', reason: 'aborted', cause: reason });
  });
});

describe('a file that changes after the scan', () => {
  const rowLength = 16;
  const rows = (2.5 * blockSize) / rowLength;
  const rowsInBlock = blockSize / rowLength;
  const rowOf = (index: number): string => `${String(index).padStart(7, '0')},${'1'.repeat(7)}\n`;
  const content = `from_id,to_id  \n${Array.from({ length: rows - 1 }, (_, index) => rowOf(index)).join('')}`;

  async function overwrite(name: string, text: string, position: number): Promise<void> {
    const file = await open(folder.path(name), 'r+');
    await file.write(text, position);
    await file.close();
  }

  const wholeBlocks = content.slice(0, 2 * blockSize);
  test.each<[string, string, (name: string) => Promise<void>, number]>([
    ['in one digit of its second block', content, (name) => overwrite(name, '9', 1.5 * blockSize), 1],
    ['in its last byte', content, (name) => overwrite(name, ' ', content.length - 1), 2],
    ['in its first row', content, (name) => overwrite(name, '9', rowLength), 0],
    ['by an additional row', content, (name) => appendFile(folder.path(name), rowOf(1)), 2],
    ['by an additional row after a whole block', wholeBlocks, (name) => appendFile(folder.path(name), rowOf(1)), 2],
    ['by a missing row', content, (name) => truncate(folder.path(name), content.length - rowLength), 2],
    ['by a missing block', wholeBlocks, (name) => truncate(folder.path(name), blockSize), 1],
    ['to nothing', content, (name) => truncate(folder.path(name), 0), 0],
    ['by being replaced', content, (name) => writeFile(folder.path(name), content.replaceAll(',1', ',2')), 0],
  ])('%s yields only rows of unchanged blocks', async (change, former, changing, blocks) => {
    const name = change.replaceAll(' ', '-');
    const found = await scan(former, name);
    await changing(name);
    const given: Row[] = [];
    const reading = async (): Promise<void> => {
      for await (const chunk of (await found.open()).chunks) given.push(...chunk);
    };
    await expect(reading()).rejects.toThrow(SourceChangedError);
    expect(given.map(({ cells }) => `${cells.join(',')}\n`)).toEqual(
      Array.from({ length: Math.max(0, blocks * rowsInBlock - 1) }, (_, index) => rowOf(index)),
    );
  });

  test('while it is read yields no row of the new content', async () => {
    const found = await scan(content);
    const place = 2 * blockSize + rowLength;
    let given = 0;
    const reading = async (): Promise<void> => {
      for await (const chunk of (await found.open()).chunks) {
        given += chunk.length;
        await overwrite('pairs', '9', place);
      }
    };
    await expect(reading()).rejects.toThrow(
      /has changed .* restore the original content and run the same command again/,
    );
    expect(given).toBe(2 * rowsInBlock - 1);
    await overwrite('pairs', content.charAt(place), place);
    expect(await rowsOf(await found.open())).toHaveLength(rows - 1);
  });

  test('stops the run, since its source cannot be read any further', () => {
    expect(new SourceChangedError('x.csv')).toBeInstanceOf(StoppedError);
    expect(new SourceChangedError('x.csv')).toMatchObject({ code: 'STOPPED', reason: 'source' });
  });
});
