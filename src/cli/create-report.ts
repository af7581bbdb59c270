import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { messageOf } from '../client/errors.js';
import { associateFile, type Target } from './associate-file.js';
import type { CreateArguments } from './create-options.js';
import type { ExitCode } from './exit-codes.js';
import { print } from './print.js';

/** Associates a file, and writes the report of the run from its ledger if requested. */
export async function withReport(given: CreateArguments, target: Target): Promise<ExitCode> {
  const { ledger, report } = given;
  if (report === undefined) return associateFile(given, target, ledger);
  // A run without a ledger gets a temporary one.
  const folder = ledger === undefined ? await mkdtemp(join(tmpdir(), 'hubspot-associations-')) : undefined;
  const path = folder === undefined ? ledger : join(folder, 'ledger.ndjson');
  try {
    const exitCode = await associateFile(given, target, path);
    if (path !== undefined) await write(path, report, given);
    return exitCode;
  } finally {
    if (folder !== undefined) await rm(folder, { recursive: true, force: true });
  }
}

/** A failure is only printed: the rows have been associated in any case. */
async function write(path: string, report: string, { ledger, json }: CreateArguments): Promise<void> {
  try {
    // Loaded on demand: runs without a report need not wait for it.
    const { summarizeLedger } = await import('./summarize-ledger.js');
    const { pageOf } = await import('../report/page/page.js');
    await writeFile(report, pageOf(await summarizeLedger(path, ledger)));
    print(json ? process.stderr : process.stdout, '', `The report is in ${report}.`);
  } catch (error) {
    print(process.stderr, `The report cannot be written: ${messageOf(error)}`);
  }
}
