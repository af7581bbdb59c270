import { open, writeFile, type FileHandle } from 'node:fs/promises';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { useLedgerPath } from './test-support.js';
import { createWriter } from './writer.js';

const place = useLedgerPath();
let readOnly: FileHandle;
beforeEach(async () => {
  await writeFile(place.path, '');
  readOnly = await open(place.path, 'r');
});
afterEach(() => readOnly.close());

test('a line that the system does not take is refused, and so is every line after it', () => {
  const writer = createWriter(readOnly, place.path, 0);
  expect(() => writer.write('first')).toThrow(/EBADF/);
  expect(() => writer.write('second')).toThrow(/EBADF/);
});

test('lines follow one another from the given place on', async () => {
  const file = await open(place.path, 'r+');
  const writer = createWriter(file, place.path, 3);
  expect([writer.write('ü'), writer.write('b')]).toEqual([
    { begin: 3, end: 6 },
    { begin: 6, end: 8 },
  ]);
  await writer.flush();
  expect((await readOnly.readFile()).subarray(3).toString()).toBe('ü\nb\n');
  await file.close();
});
