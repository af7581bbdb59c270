import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { createSandbox } from '../project/packed-package.js';
import { chromium, workerd } from './browser-and-worker.js';
import { notTested, runtimes, type Runtime } from './runtimes.js';

/**
 * `npm run test:matrix`: installs the packed package with each runtime and tests it there. Runtimes come from the npm
 * registry. A runtime that npm does not have for this machine is listed as not tested. An argument selects runtimes by
 * name: `npm run test:matrix -- typescript`.
 */
const wanted = new RegExp(process.argv[2] ?? '', 'i');
const rows: [name: string, result: string][] = [];
const packed = await createSandbox();
try {
  const tarball = await pack();
  for (const runtime of [...runtimes, chromium, workerd].filter(({ name }) => wanted.test(name))) {
    const result = await attempt(runtime, tarball);
    rows.push([runtime.name, result]);
    console.error(`${runtime.name}: ${result}`);
  }
} finally {
  await packed.remove();
}
const table = [...rows, ...notTested.map(([name, why]) => [name, `not tested: ${why}`] as const)];
console.log(
  ['| runtime | result |', '| --- | --- |', ...table.map(([name, result]) => `| ${name} | ${result} |`)].join('\n'),
);

/** Packs the built project, and returns the path of the tarball. */
async function pack(): Promise<string> {
  const project = join(import.meta.dirname, '..', '..');
  const name = await packed.run(`npm pack --silent --ignore-scripts --pack-destination . "${project}"`);
  return join(packed.folder, name.trim());
}

async function attempt({ name, attempt }: Runtime, tarball: string): Promise<string> {
  const sandbox = await createSandbox();
  try {
    await sandbox.write('package.json', '{ "private": true, "type": "module" }');
    await cp(join(import.meta.dirname, 'program.js'), join(sandbox.folder, 'program.js'));
    await sandbox.run(`npm install --ignore-scripts "${tarball}"`);
    return `works: ${await attempt(sandbox)}`;
  } catch (error) {
    if (/E404|ETARGET|EBADPLATFORM|notarget/.test(String(error)))
      return `not tested: npm has no ${name} for this machine`;
    process.exitCode = 1;
    return `FAILS: ${firstLineOf(error)}`;
  } finally {
    await sandbox.remove();
  }
}

/** Compilers print their errors on standard output. */
function firstLineOf(error: unknown): string {
  const printed = error instanceof Error && 'stdout' in error ? String(error.stdout).trim() : '';
  return (printed === '' ? String(error) : printed).split('\n')[0] ?? '';
}
