import { chmod, mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { replaceFolder } from '../../src/files/replace-folder.js';
import type { JsonObject } from '../../src/openapi/index.js';
import { junitOf } from './junit.js';
import type { ContractReport } from './model.js';
import { pageOf } from './page.js';

/** The files of a report, each with what writes it. */
const formats: Readonly<Record<string, (report: ContractReport, document: JsonObject) => string>> = {
  'report.json': (report) => `${JSON.stringify(report, null, 2)}\n`,
  'junit.xml': junitOf,
  'report.html': pageOf,
};

/**
 * Writes the report in every format. The folder is replaced as a whole, so that readers and
 * concurrent runs never see two runs mixed.
 *
 * @returns The path of the page.
 */
export async function writeReport(report: ContractReport, document: JsonObject, folder: string): Promise<string> {
  await mkdir(dirname(folder), { recursive: true });
  const fresh = await mkdtemp(join(dirname(folder), `.${basename(folder)}-`));
  // mkdtemp creates a private folder; everyone who can read the project may read the report.
  await chmod(fresh, 0o755);
  for (const [name, write] of Object.entries(formats)) await writeFile(join(fresh, name), write(report, document));
  replaceFolder(folder, fresh);
  return join(folder, 'report.html');
}
