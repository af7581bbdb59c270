import { appendFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { ConfigurationError } from '../client/errors.js';
import { openLedger, type Ledger, type OpenLedgerOptions } from './ledger.js';
import type { BatchRecord, NotCreated } from './records.js';

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ledger-'));
  path = join(folder, 'ledger.ndjson');
});
afterEach(() => rm(folder, { recursive: true }));

const subject = {
  input: { sha256: 'a'.repeat(64), bytes: 100 },
  parameters: { target: 'https://api.hubapi.com', fromObjectType: 'contacts', toObjectType: 'companies', types: [] },
  accessToken: 'pat-eu1-11111111',
};

function batch(created: BatchRecord['created'], notCreated: readonly NotCreated[] = []): BatchRecord {
  const at = '2026-11-23T00:00:00.000Z';
  return { type: 'batch', number: 1, startedAt: at, finishedAt: at, requests: 1, correlationIds: [], created, notCreated, unmatchedErrors: [] }; // prettier-ignore
}

/** Opens the ledger, works with it, and closes it. */
async function using<T>(
  work: (ledger: Ledger) => T | Promise<T>,
  options: Partial<OpenLedgerOptions> = {},
): Promise<T> {
  const ledger = await openLedger(path, { ...subject, ...options });
  try {
    return await work(ledger);
  } finally {
    await ledger.close();
  }
}

describe('a ledger that is opened again', () => {
  test('knows which rows were created and which were refused, and why', async () => {
    const failed: NotCreated = { row: 12, kind: 'failed', reason: 'No contact with ID 9 exists.' };
    await using((ledger) => ledger.append(batch([[2, 11], [13, 9_000]], [failed]))); // prettier-ignore
    const known = await using((ledger) => [1, 2, 11, 12, 13, 9_000, 9_001].map((row) => ledger.outcomeOf(row)));
    const created = { kind: 'created' };
    expect(known).toEqual([undefined, created, created, failed, created, created, undefined]);
  });

  test('asks for rows again that were left unsent or unconfirmed', async () => {
    const open = (['unsent', 'unconfirmed'] as const).map((kind, index) => ({ row: index + 2, kind, reason: '' }));
    await using((ledger) => ledger.append(batch([], open)));
    expect(await using((ledger) => [2, 3].map((row) => ledger.outcomeOf(row)))).toEqual([undefined, undefined]);
  });

  test('holds one record a line, the beginning first, and no token', async () => {
    await using((ledger) => ledger.append(batch([[2, 3]])));
    const text = await readFile(path, 'utf8');
    const records = text.trimEnd().split('\n').map((line) => JSON.parse(line) as { type: string }); // prettier-ignore
    expect(records.map(({ type }) => type)).toEqual(['begin', 'batch']);
    expect(records[0]).toMatchObject({ version: 1, input: subject.input, parameters: subject.parameters });
    expect(text).not.toContain(subject.accessToken);
  });
});

describe('a ledger refuses', () => {
  beforeEach(() => using((ledger) => ledger.append(batch([[2, 3]]))));

  test.each([
    ['another file', { input: { sha256: 'b'.repeat(64), bytes: 100 } }, /another file, or the file has changed/],
    ['other object types', { parameters: { ...subject.parameters, toObjectType: 'deals' } }, /other parameters/],
    ['another API', { parameters: { ...subject.parameters, target: 'http://127.0.0.1:1' } }, /other parameters/],
    ['another access token', { accessToken: 'pat-eu1-22222222' }, /another access token.*--renewed-token/],
  ])('%s', async (_, options, message) => {
    const before = await readFile(path, 'utf8');
    const error = await openLedger(path, { ...subject, ...options }).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(ConfigurationError);
    expect(String(error)).toMatch(message);
    expect(String(error)).not.toMatch(/pat-eu1-[12]+/);
    expect(await readFile(path, 'utf8')).toBe(before);
  });

  test('a renewed token only until it is told', async () => {
    const accessToken = 'pat-eu1-22222222';
    expect(await using((ledger) => ledger.outcomeOf(2), { accessToken, renewedToken: true })).toEqual({
      kind: 'created',
    });
    expect(await using((ledger) => ledger.outcomeOf(2), { accessToken })).toEqual({ kind: 'created' });
  });

  test('a second process while it is open', async () => {
    await using(async () => {
      await expect(openLedger(path, subject)).rejects.toThrow(/is in use by process \d+/);
    });
    await expect(using(() => true)).resolves.toBe(true);
  });

  test('a damaged line that is not the last', async () => {
    await appendFile(path, `{"type":"bat\n${JSON.stringify(batch([[9, 9]]))}\n`);
    await expect(openLedger(path, subject)).rejects.toThrow(/something else than a record on line 3/);
  });

  test.each(['from_id,to_id\n1,2\n', 'from_id,to_id', '{"type":"other"}\n'])(
    'a file that is none: %j',
    async (text) => {
      await writeFile(path, text);
      await expect(openLedger(path, subject)).rejects.toThrow(/no ledger|something else than a record/);
      expect(await readFile(path, 'utf8')).toBe(text);
    },
  );
});

describe('a ledger outlives', () => {
  test('a last line that breaks off: it is written over', async () => {
    await using((ledger) => ledger.append(batch([[2, 3]])));
    await appendFile(path, JSON.stringify(batch([[4, 5]])).slice(0, 40));
    await using(async (ledger) => {
      expect([3, 4].map((row) => ledger.outcomeOf(row))).toEqual([{ kind: 'created' }, undefined]);
      await ledger.append(batch([[6, 7]]));
    });
    expect(await using((ledger) => ledger.outcomeOf(7))).toEqual({ kind: 'created' });
  });

  test('a beginning that breaks off', async () => {
    await using(() => undefined);
    const text = await readFile(path, 'utf8');
    await writeFile(path, text.slice(0, 60));
    await using((ledger) => ledger.append(batch([[2, 2]])));
    expect(await using((ledger) => ledger.outcomeOf(2))).toEqual({ kind: 'created' });
  });

  test('the lock of a process that is gone', async () => {
    await using(() => undefined);
    await writeFile(`${path}.lock`, `4194305 ${hostname()}`);
    await expect(using(() => true)).resolves.toBe(true);
  });
});

describe('a ledger that cannot be written says so', () => {
  test('in a folder that does not exist', async () => {
    await expect(openLedger(join(folder, 'absent', 'l'), subject)).rejects.toThrow(
      /^ledger: cannot be written: ENOENT/,
    );
  });

  test('where a folder has its name', async () => {
    await mkdir(path);
    await expect(openLedger(path, subject)).rejects.toThrow(/^ledger: .*EISDIR/);
  });

  test('once it cannot, also for what comes after', async () => {
    const ledger = await openLedger(path, subject);
    await ledger.close();
    await expect(ledger.append(batch([[2, 2]]))).rejects.toThrow();
    await expect(ledger.append(batch([[3, 3]]))).rejects.toThrow();
    expect(await using((again) => again.outcomeOf(2))).toBeUndefined();
  });
});
