import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from '@jest/globals';
import type { AssociationSpec } from '../../generated/schema.js';
import { openRows } from './open-rows.js';
import type { Row, RowSource } from './row.js';

export const unlabeled: AssociationSpec = { associationCategory: 'HUBSPOT_DEFINED', associationTypeId: 279 };

/** A folder for the files of a test file, removed after its tests. */
export function useFolder(): { path(name: string): string } {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'files-test-'));
  });
  afterAll(() => rm(folder, { recursive: true }));
  return { path: (name) => join(folder, name) };
}

/** Writes a file, and reads its rows. */
export async function read(
  path: string,
  content: string | Uint8Array,
  defaultTypes: AssociationSpec[] = [unlabeled],
): Promise<Row[]> {
  await writeFile(path, content);
  return rowsOf(await openRows(path, { defaultTypes }));
}

/** All rows of a source. */
export async function rowsOf({ chunks }: Pick<RowSource, 'chunks'>): Promise<Row[]> {
  const rows: Row[] = [];
  for await (const chunk of chunks) rows.push(...chunk);
  return rows;
}

/** Each row as its line and its pair, or its error. */
export function brief(rows: readonly Row[]): string[] {
  return rows.map(({ line, input, error }) =>
    input === undefined ? `${String(line)} ! ${error.message}` : `${String(line)} ${input.from.id}→${input.to.id}`,
  );
}
