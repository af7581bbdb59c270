import { writeFile } from 'node:fs/promises';
import { pageOf } from '../report/page/page.js';
import { statusText } from '../report/status-text.js';
import { defineCommand } from './command.js';
import { requireDistinctFiles } from './distinct-files.js';
import { exitCodes } from './exit-codes.js';
import { requireFolders } from './input-file.js';
import { one, text } from './option.js';
import { print } from './print.js';
import { summariseLedger } from './summarise-ledger.js';

export const reportCommand = defineCommand(
  {
    usage: 'LEDGER [options]',
    about: `Writes a page that shows what a ledger has of its runs: what became of the rows and why, how fast,
against which allowance, and how to go on. It is one file that needs no network. The run may have ended, be
under way, or have been killed.`,
    operands: [{ name: 'LEDGER', missing: 'name the ledger, which create --ledger has written.', complete: 'file' }],
    options: {
      html: one(
        { group: 'Output', value: 'PATH', help: 'Where the page goes.', default: 'LEDGER.html', complete: 'file' },
        text,
      ),
    },
    examples: [{ command: 'report run.ndjson --html run.html', meaning: 'Make a page of a run.' }],
  },
  async ({ html }, [ledger = '']) => {
    const page = html ?? `${ledger}.html`;
    const files = [
      { option: 'LEDGER', path: ledger, writes: false },
      { option: '--html', path: page, writes: true },
    ];
    requireDistinctFiles(files);
    await requireFolders(files);
    const summary = await summariseLedger(ledger, ledger);
    await writeFile(page, pageOf(summary));
    print(process.stdout, ...statusText(summary.report), '', `The report is in ${page}.`);
    return exitCodes.allCreated;
  },
);
