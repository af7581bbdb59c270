import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** `npm start`: the main job on a sample, so that a newcomer sees what the product does. */
const project = join(import.meta.dirname, '..');
const args = [
  ...['create', 'samples/contacts-to-companies.csv', '--from', 'contacts', '--to', 'companies'],
  ...['--type', 'HUBSPOT_DEFINED:279', '--simulate', '--rejects', 'dist/rejects.csv'],
];

console.log(`$ hubspot-associations ${args.join(' ')}`);
const { status } = spawnSync(process.execPath, [join('dist', 'src', 'cli', 'main.js'), ...args], {
  cwd: project,
  stdio: 'inherit',
});

const expected = 2;
console.log(
  status === expected
    ? `
Exit code ${String(expected)}: the run finished, and some rows were not associated, as the sample intends.
Read dist/rejects.csv for them, then try a file of your own; README.md says how.`
    : `\nExit code ${String(status)}, where ${String(expected)} was expected of the sample.`,
);
process.exitCode = status === expected ? 0 : 1;
