import { mutate, type Mutant } from './sensitivity/mutate.js';
import { differencesFrom, readSurvivors } from './sensitivity/survivors.js';
import { testedFolders } from './sensitivity/tested-folders.js';

/**
 * Checks whether the unit tests of a folder would catch a mistake: `npm run sensitivity -- src/bulk`, or one file.
 * Exits with 1 if a mutant survives that `sensitivity/survivors.yaml` does not list.
 */
const paths = process.argv.slice(2);
const listed = readSurvivors();

const folders = ['src/client', 'src/bulk', 'src/ledger', 'src/files'];

for (const { folder, files, tests, notMeasured } of testedFolders(paths.length === 0 ? folders : paths)) {
  for (const file of notMeasured) console.log(`${file}: not measured, its tests start processes`);
  const mutants = files.length === 0 ? [] : await mutate(files, tests);
  for (const file of files) {
    const ofFile = mutants.filter((mutant) => mutant.file === file);
    const differences = differencesFrom(listed, ofFile);
    console.log([`${file}: ${scoreText(ofFile)}`, ...differences].join('\n  '));
    if (differences.length > 0) process.exitCode = 1;
  }
  console.log(`${folder}: ${scoreText(mutants)}`);
}

function scoreText(mutants: readonly Mutant[]): string {
  const killed = mutants.filter(({ isKilled }) => isKilled).length;
  const percentage = ((100 * killed) / Math.max(1, mutants.length)).toFixed(0);
  return `${String(killed)} of ${String(mutants.length)} mutants killed, ${percentage} %`;
}
