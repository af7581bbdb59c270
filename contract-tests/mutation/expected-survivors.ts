import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { listOf, objectOf } from '../../src/openapi/index.js';
import type { Verdict } from './judge.js';

/** The list of mutants that no test can catch, relative to the project root. */
export const survivorsFile = 'contract-tests/mutation/mutants.yaml';

/** Reads the list as reasons by mutant id. */
export async function readExpectedSurvivors(root: string): Promise<Map<string, string>> {
  const list: unknown = parse(await readFile(join(root, survivorsFile), 'utf8'));
  return new Map(
    listOf(objectOf(list)['survivors']).flatMap((group) => {
      const { mutants, reason } = objectOf(group);
      if (typeof reason !== 'string' || reason === '')
        throw new Error(`${survivorsFile}: each group of survivors needs a reason.`);
      return listOf(mutants).map((id): [string, string] => [String(id), reason]);
    }),
  );
}

/**
 * Compares the survivors with the list.
 *
 * @param existing - The ids of all mutants and faults, including those that were not run.
 * @returns A message for each unlisted survivor, and for each listed mutant that was caught or does not exist.
 */
export function differencesFrom(
  expected: ReadonlyMap<string, string>,
  verdicts: readonly Verdict[],
  existing: ReadonlySet<string>,
): string[] {
  const survived = verdicts.filter(({ caught }) => Object.keys(caught).length === 0).map(({ id }) => id);
  const caughtButListed = verdicts.filter(({ id, caught }) => expected.has(id) && Object.keys(caught).length > 0);
  return [
    ...survived.filter((id) => !expected.has(id)).map((id) => `survived: ${id}`),
    ...caughtButListed.map(
      ({ id, caught }) => `listed in ${survivorsFile}, but caught by "${Object.values(caught).join('", "')}": ${id}`,
    ),
    ...[...expected.keys()]
      .filter((id) => !existing.has(id))
      .map((id) => `listed in ${survivorsFile}, but not a mutant: ${id}`),
  ];
}
