import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** `npm start`: associates a sample file, to show newcomers what the product does. */
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
dist/rejects.csv lists them. Next, try a file of your own, as described in README.md.`
    : `\nExit code ${String(status)}; the sample should end with ${String(expected)}.`,
);
process.exitCode = status === expected ? 0 : 1;
