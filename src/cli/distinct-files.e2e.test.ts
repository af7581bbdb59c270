import { spawnSync } from 'node:child_process';
import { link, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { ConfigurationError } from '../client/errors.js';
import { requireDistinctFiles } from './distinct-files.js';
import { program } from './test-support.js';

jest.setTimeout(120_000);

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'distinct-'));
  await writeFile(join(folder, 'pairs.csv'), 'from_id,to_id\n1,2\n');
  await mkdir(join(folder, 'sub'));
  await symlink(join(folder, 'sub'), join(folder, 'sub-link'));
});
afterEach(() => rm(folder, { recursive: true }));

/** Why the files of a command are refused, if they are. Names are relative to the folder. */
function refusal(file: string, ledger: string, rejects: string): string | undefined {
  const [input, ledgerPath, rejectsPath] = [file, ledger, rejects].map((name) => `${folder}/${name}`);
  try {
    requireDistinctFiles([
      { option: 'FILE', path: input, writes: false },
      { option: '--ledger', path: ledgerPath, writes: true },
      { option: '--rejects', path: rejectsPath, writes: true },
      { option: '--report', path: undefined, writes: true },
    ]);
    return undefined;
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigurationError);
    return String(error).replaceAll(folder, '');
  }
}

describe('outputs of a command that are the same file are refused', () => {
  const rejectsAndLedger = /--rejects: .* is the same file as --ledger/;

  test.each([
    ['the same name', 'new', 'new'],
    ['another spelling', 'new', 'sub/../new'],
    ['a link to the folder', 'sub/new', 'sub-link/new'],
    ['the parent of a linked folder', 'new', 'sub-link/../new'],
    ['a name in another case, which is the same file on some file systems', 'new.csv', 'NEW.csv'],
    ['an accent composed in another way', 'caf\u00e9', 'cafe\u0301'],
    ['a folder that does not exist', 'absent/new', 'absent/./new'],
  ])('if neither exists: %s', async (_, ledger, rejects) => {
    const before = await readdir(folder, { recursive: true });
    expect(refusal('pairs.csv', ledger, rejects)).toMatch(rejectsAndLedger);
    expect(refusal('pairs.csv', rejects, ledger)).toMatch(rejectsAndLedger);
    expect(await readdir(folder, { recursive: true })).toEqual(before);
  });

  test('if neither exists: a dangling link, and a link to it', async () => {
    await symlink('sub-link/../new', join(folder, 'link'));
    await symlink(join(folder, 'link'), join(folder, 'link to link'));
    for (const name of ['link', 'link to link']) {
      expect(refusal('pairs.csv', 'new', name)).toMatch(rejectsAndLedger);
      expect(refusal('pairs.csv', name, 'new')).toMatch(rejectsAndLedger);
    }
  });

  test.each([
    ['a symbolic link', symlink],
    ['a hard link', link],
  ])('if they exist: %s', async (_, make) => {
    await make(join(folder, 'pairs.csv'), join(folder, 'other'));
    expect(refusal('pairs.csv', 'new', 'other')).toMatch(/--rejects: \/other is the same file as FILE \/pairs.csv/);
    expect(refusal('pairs.csv', 'other', 'new')).toMatch(/--ledger: \/other is the same file as FILE/);
    expect(refusal('other', 'pairs.csv', 'new')).toMatch(/--ledger: \/pairs.csv is the same file as FILE/);
  });

  test('links that point to each other are also refused', async () => {
    await symlink('b', join(folder, 'a'));
    await symlink('a', join(folder, 'b'));
    expect(refusal('pairs.csv', 'a', 'new')).toMatch(/^ConfigurationError: --ledger: .*its links form a loop/);
  });
});

test('distinct files are accepted', async () => {
  await writeFile(join(folder, 'Existing'), '');
  expect(refusal('pairs.csv', 'ledger', 'rejects')).toBeUndefined();
  expect(refusal('pairs.csv', 'sub/new', 'new')).toBeUndefined();
  expect(refusal('pairs.csv', 'ledger', 'ledger.lock')).toBeUndefined();
  expect(refusal('pairs.csv', 'Existing', 'other')).toBeUndefined();
});

test('a file that is only read may be given twice, and so may a device', () => {
  const reads = (option: string) => ({ option, path: join(folder, 'pairs.csv'), writes: false });
  const discards = (option: string) => ({ option, path: '/dev/null', writes: true });
  expect(() => {
    requireDistinctFiles([reads('FILE'), reads('LEDGER'), discards('--rejects'), discards('--report')]);
  }).not.toThrow();
});

/** Runs `create` in the folder from a shell, which redirects its streams. */
function create(words: string): { status: number | null; stderr: string; stdout: string } {
  const types = '--from contacts --to companies --type HUBSPOT_DEFINED:279 --simulate --quiet';
  const command = `exec "$0" "$1" create ${types} ${words}`;
  const arguments_ = ['-c', command, process.execPath, program];
  return spawnSync('sh', arguments_, { cwd: folder, encoding: 'utf8', env: { PATH: process.env['PATH'] } });
}

describe('create opens nothing and sends nothing if', () => {
  test.each([
    [
      'the rejects are the ledger',
      'pairs.csv --ledger new --rejects ./new',
      /--rejects: .\/new is the same file as --ledger new/,
    ],
    ['the rejects are the file', 'pairs.csv --rejects sub/../pairs.csv', /is the same file as FILE pairs.csv/],
    ['a dry run writes its rejects over the file', 'pairs.csv --dry-run --rejects ./pairs.csv', /--rejects|--dry-run/],
    [
      'the ledger is the file',
      'pairs.csv --ledger ./pairs.csv',
      /--ledger: .\/pairs.csv is the same file as FILE pairs.csv/,
    ],
    ['the rejects are standard input', '- --rejects pairs.csv < pairs.csv', /is the same file as standard input/],
    ['the ledger is standard input', '- --ledger pairs.csv < pairs.csv', /is the same file as standard input/],
    ['standard output goes to the rejects', 'pairs.csv --rejects new >> new', /is the same file as standard output/],
    ['standard output goes to the ledger', 'pairs.csv --ledger new >> new', /is the same file as standard output/],
    [
      'standard output goes to the file',
      'pairs.csv >> pairs.csv',
      /FILE: pairs.csv is the same file as standard output/,
    ],
    [
      'standard output goes where standard input comes from',
      '- < pairs.csv >> pairs.csv',
      /standard input is the same file as standard output/,
    ],
  ])('%s', async (_, words, message) => {
    const { status, stderr, stdout } = create(words);
    expect(stderr).toMatch(message);
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(await readFile(join(folder, 'pairs.csv'), 'utf8')).toBe('from_id,to_id\n1,2\n');
    const others = await readdir(folder);
    expect(others.filter((name) => name !== 'new')).toEqual(['pairs.csv', 'sub', 'sub-link']);
    if (others.includes('new')) expect(await readFile(join(folder, 'new'), 'utf8')).toBe('');
  });

  test('standard error goes to the rejects', async () => {
    expect(create('pairs.csv --rejects new 2>> new').status).toBe(1);
    expect(await readFile(join(folder, 'new'), 'utf8')).toMatch(/is the same file as standard error/);
  });
});

test('the rejects may have the name of the lock file of earlier versions', async () => {
  const words = 'pairs.csv --ledger new --rejects new.lock';
  expect([create(words).status, create(words).status]).toEqual([0, 0]);
  expect(await readFile(join(folder, 'new.lock'), 'utf8')).toMatch(/^from_id,to_id,row/);
});
