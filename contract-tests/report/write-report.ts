import { chmod, mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { JsonObject } from '../../src/openapi/index.js';
import { junitOf } from './junit.js';
import type { ContractReport } from './model.js';
import { pageOf } from './page/page.js';

/**
 * Writes the report as JSON, JUnit and HTML. The folder is replaced as a whole, so that readers and
 * concurrent runs never see two runs mixed.
 *
 * @returns The path of the page.
 */
export async function writeReport(report: ContractReport, document: JsonObject, folder: string): Promise<string> {
  await mkdir(dirname(folder), { recursive: true });
  const fresh = await mkdtemp(join(dirname(folder), `.${basename(folder)}-`));
  // mkdtemp creates a private folder; everyone who can read the project may read the report.
  await chmod(fresh, 0o755);
  await writeFile(join(fresh, 'report.json'), `${JSON.stringify(report, null, 2)}\n`);
  await writeFile(join(fresh, 'junit.xml'), junitOf(report));
  await writeFile(join(fresh, 'report.html'), pageOf(report, document));
  await replace(folder, fresh);
  return join(folder, 'report.html');
}

/** A folder cannot be renamed onto a non-empty one, and a concurrent run may put its own there in between. */
async function replace(folder: string, fresh: string): Promise<void> {
  const former = `${fresh}-former`;
  for (let attempt = 1; attempt <= 20; attempt += 1) {
    await rename(folder, former).catch(ignore('ENOENT'));
    await rm(former, { recursive: true, force: true });
    const placed = await rename(fresh, folder).then(() => true, ignore('ENOTEMPTY', 'EEXIST', 'EPERM'));
    if (placed === true) return;
  }
  throw new Error(`${folder} could not be replaced; the report is in ${fresh}.`);
}

function ignore(...codes: string[]): (error: unknown) => void {
  return (error) => {
    const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
    if (typeof code !== 'string' || !codes.includes(code)) throw error;
  };
}
