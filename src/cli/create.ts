import { defaultServer } from '../../generated/client.js';
import { ConfigurationError } from '../client/errors.js';
import { defineCommand } from './command.js';
import { createOptions, type CreateArguments } from './create-options.js';
import { requireDistinctFiles } from './distinct-files.js';
import { withReport } from './create-report.js';
import { dryRun } from './dry-run.js';
import type { ExitCode } from './exit-codes.js';
import { requireKnownTypes } from './known-types.js';

const about = `Associates the records of each row of FILE. FILE is CSV with a header of from_id and to_id, and of
category and type_id if rows name their association type; or NDJSON, one documented input a line.
With - it is read from standard input. Other columns are kept.`;

const notes = `The access token is read from HUBSPOT_ACCESS_TOKEN.

Exit codes: 0 all associated; 1 nothing done; 2 finished, some rows not associated; 3 stopped
before the end: associating again changes nothing, so the same command goes on.

Rows that name the same pair are sent together, after all others, with the types of all of them;
so a file is read twice. Standard input is read once: with --ledger it is copied first; without,
rows that are far apart are sent apart, and the later ones with all types so far as long as the
pair is remembered.`;

export const createCommand = defineCommand(
  {
    usage: 'FILE|- --from TYPE --to TYPE [options]',
    about,
    operands: [{ name: 'FILE', missing: 'name the file of pairs, or - for standard input.', complete: 'file' }],
    options: createOptions,
    examples: [
      {
        command: 'create pairs.csv --from contacts --to companies --type HUBSPOT_DEFINED:279 --dry-run',
        meaning: 'See what would be sent, and which rows are wrong. Sends nothing.',
      },
      {
        command: 'create pairs.csv --from contacts --to companies --type HUBSPOT_DEFINED:279 --ledger run.ndjson',
        meaning: 'Associate every row, and be able to go on with the same command if it stops.',
      },
      {
        command: 'types contacts companies',
        meaning: 'See which ids --type takes for a direction.',
      },
    ],
    notes,
  },
  async (options, [file = ''], { environment }) => create({ ...options, file }, environment),
);

/** Associates the rows of a file, and says what became of each. */
async function create(given: CreateArguments, environment: NodeJS.ProcessEnv): Promise<ExitCode> {
  const { file, ledger, rejects, report, baseUrl } = given;
  requireDistinctFiles([
    { option: 'FILE', path: file, writes: false },
    { option: '--ledger', path: ledger, writes: true },
    { option: '--rejects', path: rejects, writes: true },
    { option: '--report', path: report, writes: true },
  ]);
  if (!given.skipTypeCheck) requireKnownTypes(given);
  if (given.dryRun) return dryRun(given);
  if (given.simulate) {
    // Loaded here, since everybody else would wait for the simulator and its server.
    const { withSimulator } = await import('./simulated.js');
    const account = { accessToken: 'simulated', name: 'a simulated account' };
    // A simulated account has no limit of its own.
    const unlimited = { ...given, allowance: given.allowance ?? false };
    return withSimulator(given, (url) => withReport(unlimited, { ...account, baseUrl: url }));
  }
  const accessToken = environment['HUBSPOT_ACCESS_TOKEN'] ?? '';
  if (accessToken === '') {
    throw new ConfigurationError(
      'HUBSPOT_ACCESS_TOKEN',
      'set it to an access token, or use --simulate to try without one.',
    );
  }
  return withReport(given, { accessToken, baseUrl, name: baseUrl ?? defaultServer });
}
