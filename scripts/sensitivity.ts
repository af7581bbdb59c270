import { dirname } from 'node:path';
import { mutate } from './sensitivity/mutate.js';
import { testedFilesAt } from './sensitivity/own-tests.js';
import { differencesFrom, readSurvivors } from './sensitivity/survivors.js';

/**
 * Tests whether the unit tests catch mistakes: `npm run sensitivity -- src/bulk`, or one file. Exits with 1 if a mutant
 * survives that `sensitivity/survivors.yaml` does not list.
 */
const paths = process.argv.slice(2);
const files = (paths.length === 0 ? ['src/client', 'src/bulk', 'src/ledger', 'src/files'] : paths).flatMap(testedFilesAt); // prettier-ignore
const listed = readSurvivors();
const scores = new Map<string, { killed: number; all: number }>();

for (const tested of files) {
  if (tested.tests.length === 0) {
    console.log(`${tested.file}: not measured, because no test in its folder imports it`);
    continue;
  }
  const mutants = await mutate(tested);
  const killed = mutants.filter(({ isKilled }) => isKilled).length;
  const differences = differencesFrom(listed, mutants);
  console.log([`${tested.file}: ${scoreText(killed, mutants.length)}`, ...differences].join('\n  '));
  if (differences.length > 0) process.exitCode = 1;
  const score = scores.get(dirname(tested.file)) ?? { killed: 0, all: 0 };
  scores.set(dirname(tested.file), { killed: score.killed + killed, all: score.all + mutants.length });
}
for (const [folder, { killed, all }] of scores) console.log(`${folder}: ${scoreText(killed, all)}`);

function scoreText(killed: number, all: number): string {
  return `${String(killed)} of ${String(all)} mutants killed, ${((100 * killed) / Math.max(1, all)).toFixed(0)} %`;
}
