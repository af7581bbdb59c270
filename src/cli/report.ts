import { writeFile } from 'node:fs/promises';
import { pageOf } from '../report/page/page.js';
import { statusText } from '../report/status-text.js';
import { defineCommand } from './command.js';
import { requireDistinctFiles } from './distinct-files.js';
import { exitCodes } from './exit-codes.js';
import { requireFolders } from './input-file.js';
import { one, text } from './option.js';
import { print } from './print.js';
import { summarizeLedger } from './summarize-ledger.js';

export const reportCommand = defineCommand(
  {
    usage: 'LEDGER [options]',
    about: `Writes an HTML report of the runs of a ledger: outcomes and their reasons, pace against the allowance,
and how to resume. It is one self-contained file. The run may have ended, be in progress, or have been
killed.`,
    operands: [{ name: 'LEDGER', missing: 'name the ledger, which create --ledger has written.', complete: 'file' }],
    options: {
      html: one(
        { group: 'Output', value: 'PATH', help: 'The file to write.', default: 'LEDGER.html', complete: 'file' },
        text,
      ),
    },
    examples: [{ command: 'report run.ndjson --html run.html', meaning: 'Write a report of a run.' }],
  },
  async ({ html }, [ledger = '']) => {
    const page = html ?? `${ledger}.html`;
    const files = [
      { option: 'LEDGER', path: ledger, writes: false },
      { option: '--html', path: page, writes: true },
    ];
    requireDistinctFiles(files);
    await requireFolders(files);
    const summary = await summarizeLedger(ledger, ledger);
    await writeFile(page, pageOf(summary));
    print(process.stdout, ...statusText(summary.report), '', `The report is in ${page}.`);
    return exitCodes.allCreated;
  },
);
