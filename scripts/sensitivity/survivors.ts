import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { member, stringMember, stringsOf } from '../../src/client/json.js';
import type { Mutant } from './mutate.js';

const listFile = join(import.meta.dirname, 'survivors.yaml');

/** The names of mutants that no test can or should kill. Each group has a reason. */
export function readSurvivors(): ReadonlySet<string> {
  const groups = member(parse(readFileSync(listFile, 'utf8')), 'survivors');
  const names = (Array.isArray(groups) ? groups : []).flatMap((group: unknown) => {
    const mutants = stringsOf(member(group, 'mutants'));
    if ((stringMember(group, 'reason') ?? '') === '') throw new Error(`${listFile}: ${mutants.join(', ')} needs a reason.`); // prettier-ignore
    return mutants;
  });
  return new Set(names);
}

/** A message for each unlisted survivor, and for each listed mutant that was killed. */
export function differencesFrom(listed: ReadonlySet<string>, mutants: readonly Mutant[]): string[] {
  const killed = new Set(mutants.filter(({ isKilled }) => isKilled).map(({ name }) => name));
  const survived = mutants.filter(({ name, isKilled }) => !isKilled && !listed.has(name));
  return [
    ...survived.map(({ name, line }) => `survived, line ${String(line)}: ${name}`),
    ...[...listed].filter((name) => killed.has(name)).map((name) => `listed, but killed by a test: ${name}`),
  ];
}
