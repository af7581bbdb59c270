import { statusText } from '../report/status-text.js';
import { defineCommand } from './command.js';
import { exitCodes } from './exit-codes.js';
import { toggle } from './option.js';
import { print } from './print.js';
import { summarizeLedger } from './summarize-ledger.js';

export const statusCommand = defineCommand(
  {
    usage: 'LEDGER [options]',
    about: `Summarizes the runs of a ledger in ten lines: outcomes, pace, and how to resume. The run may have ended,
be in progress, or have been killed.`,
    operands: [{ name: 'LEDGER', missing: 'name the ledger, which create --ledger has written.', complete: 'file' }],
    options: {
      json: toggle({ group: 'Output', help: 'Print JSON instead of text, with reasons and the slowest batches.' }),
    },
    examples: [{ command: 'status run.ndjson', meaning: 'See the progress of a run.' }],
  },
  async ({ json }, [ledger = '']) => {
    const { report } = await summarizeLedger(ledger, ledger);
    print(process.stdout, ...(json ? [JSON.stringify(report)] : statusText(report)));
    return exitCodes.allCreated;
  },
);
