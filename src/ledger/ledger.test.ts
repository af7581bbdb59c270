import { readFile, writeFile } from 'node:fs/promises';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { ConfigurationError } from '../client/errors.js';
import { openLedger } from './ledger.js';
import type { NotCreated } from './records.js';
import { batch, subject, useLedgerPath, using } from './test-support.js';

const place = useLedgerPath();

describe('a ledger that is opened again', () => {
  test('knows which rows were created and which were refused, and why', async () => {
    const failed: NotCreated = { row: 12, kind: 'failed', reason: 'No contact with ID 9 exists.' };
    await using(place.path, (ledger) => ledger.append(batch([[2, 11], [13, 9_000]], [failed]))); // prettier-ignore
    const known = await using(place.path, (ledger) =>
      [1, 2, 11, 12, 13, 9_000, 9_001].map((row) => ledger.outcomeOf(row)),
    );
    const created = { kind: 'created' };
    expect(known).toEqual([undefined, created, created, failed, created, created, undefined]);
  });

  test('has no outcome for rows that were unsent or unconfirmed', async () => {
    const open = (['unsent', 'unconfirmed'] as const).map((kind, index) => ({ row: index + 2, kind, reason: '' }));
    await using(place.path, (ledger) => ledger.append(batch([], open)));
    expect(await using(place.path, (ledger) => [2, 3].map((row) => ledger.outcomeOf(row)))).toEqual([
      undefined,
      undefined,
    ]);
  });

  test('holds one record per line, the begin record first, and no token', async () => {
    await using(place.path, (ledger) => ledger.append(batch([[2, 3]])));
    const text = await readFile(place.path, 'utf8');
    const records = text.trimEnd().split('\n').map((line) => JSON.parse(line) as { type: string }); // prettier-ignore
    expect(records.map(({ type }) => type)).toEqual(['begin', 'batch']);
    expect(records[0]).toMatchObject({ version: 1, input: subject.input, parameters: subject.parameters });
    expect(records[0]).toHaveProperty('tokenFingerprint', expect.stringMatching(/^[0-9a-f]{16}$/));
    expect(text).not.toContain(subject.accessToken);
  });
});

test('a ledger of the first version can be read', async () => {
  const lines = [
    '{"type":"begin","version":1,"at":"2026-11-23T00:00:00.000Z","input":{"sha256":"aa","bytes":99},"parameters":{},"tokenFingerprint":"3f8b3ce5d0d7ab0e"}',
    '{"type":"batch","number":1,"startedAt":"2026-11-23T00:00:00.000Z","finishedAt":"2026-11-23T00:00:01.000Z","requests":1,"correlationIds":["c"],"created":[[2,3]],"notCreated":[{"row":4,"kind":"failed","reason":"no"}],"unmatchedErrors":[{"message":"?"}]}',
    '{"type":"token","at":"2026-11-23T00:00:02.000Z","tokenFingerprint":"63f6be3a1b3b9e2a"}',
    '{"type":"end","at":"2026-11-23T00:00:03.000Z","counts":{"created":2,"failed":1},"stopped":"interrupted"}',
  ];
  await writeFile(place.path, lines.map((line) => `${line}\n`).join(''));
  const options = { input: { sha256: 'aa', bytes: 99 }, parameters: {}, renewedToken: true };
  const known = await using(place.path, (ledger) => [2, 3, 4, 5].map((row) => ledger.outcomeOf(row)?.kind), options);
  expect(known).toEqual(['created', 'created', 'failed', undefined]);
});

describe('a ledger refuses', () => {
  beforeEach(() => using(place.path, (ledger) => ledger.append(batch([[2, 3]]))));

  test.each([
    [
      'another file, and names the one it belongs to',
      { input: { sha256: 'b'.repeat(64), bytes: 99 } },
      /another file, or this one has changed since: that had SHA-256 a{64} \(10000 bytes\), this has b{64} \(99 bytes\)\. Restore the original file to resume, or name another ledger for this one/,
    ],
    ['other object types', { parameters: { ...subject.parameters, toObjectType: 'deals' } }, /other parameters/],
    ['another API', { parameters: { ...subject.parameters, target: 'http://127.0.0.1:1' } }, /other parameters/],
    ['another access token', { accessToken: 'pat-eu1-22222222' }, /another access token.*--renewed-token/],
  ])('%s', async (_, options, message) => {
    const before = await readFile(place.path, 'utf8');
    const error = await openLedger(place.path, { ...subject, ...options }).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(ConfigurationError);
    expect(String(error)).toMatch(message);
    expect(String(error)).not.toMatch(/pat-eu1-[12]+/);
    expect(await readFile(place.path, 'utf8')).toBe(before);
  });

  test('a renewed token, unless renewedToken is set', async () => {
    const accessToken = 'pat-eu1-22222222';
    expect(await using(place.path, (ledger) => ledger.outcomeOf(2), { accessToken, renewedToken: true })).toEqual({
      kind: 'created',
    });
    expect(await using(place.path, (ledger) => ledger.outcomeOf(2), { accessToken })).toEqual({ kind: 'created' });
  });

  test('to be opened again while it is open', async () => {
    await using(place.path, async () => {
      await expect(openLedger(place.path, subject)).rejects.toThrow(/is in use by another process/);
    });
    await expect(using(place.path, () => true)).resolves.toBe(true);
  });

  test.each(['from_id,to_id\n1,2\n', 'from_id,to_id', '{"type":"other"}\n', '\n'])(
    'a file that is not a ledger: %j',
    async (text) => {
      await writeFile(place.path, text);
      await expect(openLedger(place.path, subject)).rejects.toThrow(/is not a ledger/);
      expect(await readFile(place.path, 'utf8')).toBe(text);
    },
  );
});
