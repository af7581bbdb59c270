import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { replaceFolder } from './replace-folder.js';

let place = '';
beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), 'replace-'));
});
afterEach(() => {
  rmSync(place, { recursive: true });
});

/** Makes a folder with a file of this name in it. */
function folderWith(name: string, file: string): string {
  const folder = join(place, name);
  mkdirSync(folder);
  writeFileSync(join(folder, file), '');
  return folder;
}

test('a folder with files is replaced as a whole', () => {
  replaceFolder(folderWith('target', 'old'), folderWith('fresh', 'new'));
  expect(readdirSync(place)).toEqual(['target']);
  expect(readdirSync(join(place, 'target'))).toEqual(['new']);
});

test('a folder that does not exist yet is created', () => {
  replaceFolder(join(place, 'target'), folderWith('fresh', 'new'));
  expect(readdirSync(join(place, 'target'))).toEqual(['new']);
});

test('if the folder cannot be replaced, both stay where they are and it throws the error of the system', () => {
  const fresh = folderWith('fresh', 'new');
  expect(() => {
    replaceFolder(join(place, 'missing', 'target'), fresh);
  }).toThrow(/ENOENT.*missing/);
  expect(existsSync(join(fresh, 'new'))).toBe(true);
});
