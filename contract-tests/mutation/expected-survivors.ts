import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { listOf, objectOf } from '../../src/openapi/index.js';
import type { Verdict } from './judge.js';

/** The list of mutants that nothing can notice, below the root of the project. */
export const survivorsFile = 'contract-tests/mutation/mutants.yaml';

/** Reads the list: the reason of each, by id. */
export async function readExpectedSurvivors(root: string): Promise<Map<string, string>> {
  const list: unknown = parse(await readFile(join(root, survivorsFile), 'utf8'));
  return new Map(
    listOf(objectOf(list)['survivors']).flatMap((group) => {
      const { mutants, reason } = objectOf(group);
      if (typeof reason !== 'string' || reason === '') throw new Error(`${survivorsFile}: a survivor has no reason.`);
      return listOf(mutants).map((id): [string, string] => [String(id), reason]);
    }),
  );
}

/**
 * Compares what survived with the list.
 *
 * @param existing - The ids of all mutants and faults, whether they have been run or not.
 * @returns What is wrong, in words: a survivor that is not listed, and a listed one that is caught or does not exist.
 */
export function differencesFrom(
  expected: ReadonlyMap<string, string>,
  verdicts: readonly Verdict[],
  existing: ReadonlySet<string>,
): string[] {
  const survived = verdicts.filter(({ caught }) => Object.keys(caught).length === 0).map(({ id }) => id);
  const noticed = verdicts.filter(({ id, caught }) => expected.has(id) && Object.keys(caught).length > 0);
  return [
    ...survived.filter((id) => !expected.has(id)).map((id) => `survived: ${id}`),
    ...noticed.map(
      ({ id, caught }) => `listed in ${survivorsFile}, and caught by "${Object.values(caught).join('", "')}": ${id}`,
    ),
    ...[...expected.keys()]
      .filter((id) => !existing.has(id))
      .map((id) => `listed in ${survivorsFile}, and no mutant: ${id}`),
  ];
}
