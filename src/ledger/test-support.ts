import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, jest } from '@jest/globals';
import { openLedger, type Ledger, type OpenLedgerOptions } from './ledger.js';
import type { BatchRecord, NotCreated } from './records.js';

/** The subject of the ledgers in tests. */
export const subject = {
  input: { sha256: 'a'.repeat(64), bytes: 10_000 },
  parameters: { target: 'https://api.hubapi.com', fromObjectType: 'contacts', toObjectType: 'companies', types: [] },
  accessToken: 'pat-eu1-11111111',
};

/** A batch with these outcomes. */
export function batch(created: BatchRecord['created'], notCreated: readonly NotCreated[] = []): BatchRecord {
  const at = '2026-11-23T00:00:00.000Z';
  return { type: 'batch', number: 1, startedAt: at, finishedAt: at, requests: 1, correlationIds: [], created, notCreated, unmatchedErrors: [] }; // prettier-ignore
}

/** Creates a folder for each test, with the path of a ledger in it. */
export function useLedgerPath(): { readonly folder: string; readonly path: string } {
  const place = { folder: '', path: '' };
  // Opening a ledger starts a process, which may take a while on a busy machine.
  jest.setTimeout(120_000);
  beforeEach(async () => {
    place.folder = await mkdtemp(join(tmpdir(), 'ledger-'));
    place.path = join(place.folder, 'ledger.ndjson');
  });
  afterEach(() => rm(place.folder, { recursive: true }));
  return place;
}

/** Opens a ledger, uses it, and closes it. */
export async function using<T>(
  path: string,
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
