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

/** A message for each unlisted survivor, and for each listed name whose mutants were all killed: code may occur twice. */
export function differencesFrom(listed: ReadonlySet<string>, mutants: readonly Mutant[]): string[] {
  const survived = mutants.filter(({ isKilled }) => !isKilled);
  const surviving = new Set(survived.map(({ name }) => name));
  const tested = new Set(mutants.map(({ name }) => name));
  const killed = [...listed].filter((name) => tested.has(name) && !surviving.has(name));
  return [
    ...survived
      .filter(({ name }) => !listed.has(name))
      .map(({ name, line }) => `survived, line ${String(line)}: ${name}`),
    ...killed.map((name) => `listed, but killed by a test: ${name}`),
  ];
}
