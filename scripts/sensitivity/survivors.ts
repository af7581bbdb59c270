import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { member, stringMember, stringsOf } from '../../src/client/json.js';
import type { Mutant } from './mutate.js';

const listFile = join(import.meta.dirname, 'survivors.yaml');

/** The names of the mutants that no test can notice, or need not. Each group of them has its reason. */
export function readSurvivors(): ReadonlySet<string> {
  const groups = member(parse(readFileSync(listFile, 'utf8')), 'survivors');
  const names = (Array.isArray(groups) ? groups : []).flatMap((group: unknown) => {
    const mutants = stringsOf(member(group, 'mutants'));
    if ((stringMember(group, 'reason') ?? '') === '') throw new Error(`${listFile}: ${mutants.join(', ')} needs a reason.`); // prettier-ignore
    return mutants;
  });
  return new Set(names);
}

/** What is wrong with the list, in words: survivors that it lacks, and entries that a test notices. */
export function differencesFrom(listed: ReadonlySet<string>, mutants: readonly Mutant[]): string[] {
  const noticed = new Set(mutants.filter(({ isNoticed }) => isNoticed).map(({ name }) => name));
  const survived = mutants.filter(({ name, isNoticed }) => !isNoticed && !listed.has(name));
  return [
    ...survived.map(({ name, line }) => `survived, line ${String(line)}: ${name}`),
    ...[...listed].filter((name) => noticed.has(name)).map((name) => `listed, and noticed by a test: ${name}`),
  ];
}
