import { dirname } from 'node:path';
import { mutate } from './sensitivity/mutate.js';
import { testedFilesAt } from './sensitivity/own-tests.js';
import { differencesFrom, readSurvivors } from './sensitivity/survivors.js';

/**
 * Asks whether the unit tests would notice a mistake: `npm run sensitivity -- src/bulk`, or one file.
 * Ends with 1 when a mutant survives that `sensitivity/survivors.yaml` does not list.
 */
const paths = process.argv.slice(2);
const files = (paths.length === 0 ? ['src/client', 'src/bulk', 'src/ledger', 'src/files'] : paths).flatMap(testedFilesAt); // prettier-ignore
const listed = readSurvivors();
const scores = new Map<string, { noticed: number; all: number }>();

for (const tested of files) {
  if (tested.tests.length === 0) {
    console.log(`${tested.file}: not measured, no test beside it imports it`);
    continue;
  }
  const mutants = await mutate(tested);
  const noticed = mutants.filter(({ isNoticed }) => isNoticed).length;
  const differences = differencesFrom(listed, mutants);
  console.log([`${tested.file}: ${scoreText(noticed, mutants.length)}`, ...differences].join('\n  '));
  if (differences.length > 0) process.exitCode = 1;
  const score = scores.get(dirname(tested.file)) ?? { noticed: 0, all: 0 };
  scores.set(dirname(tested.file), { noticed: score.noticed + noticed, all: score.all + mutants.length });
}
for (const [folder, { noticed, all }] of scores) console.log(`${folder}: ${scoreText(noticed, all)}`);

function scoreText(noticed: number, all: number): string {
  return `${String(noticed)} of ${String(all)} mutants noticed, ${((100 * noticed) / Math.max(1, all)).toFixed(0)} %`;
}
