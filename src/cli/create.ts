import { defaultServer } from '../../generated/client.js';
import { defineCommand } from './command.js';
import { createOptions, type CreateArguments } from './create-options.js';
import { withReport } from './create-report.js';
import { requireDistinctFiles, type FileOfCommand } from './distinct-files.js';
import { dryRun } from './dry-run.js';
import type { ExitCode } from './exit-codes.js';
import { requireFolders, requireReadable } from './input-file.js';
import { requireKnownTypes } from './known-types.js';
import { useProxy } from './proxy.js';
import { readToken } from './token.js';

const about = `Associates the records of each row of FILE. FILE is CSV with the columns from_id and to_id, and
category and type_id if rows name their own association type; or NDJSON with one documented input per
line; or the documented request body, {"inputs": […]}. - reads standard input. Other columns are kept.
CSV files from a spreadsheet work unchanged: delimited by comma, semicolon, tab or pipe, in UTF-8, UTF-16
or Windows-1252.`;

const notes = `Association types: an id belongs to one direction. 279 is contact → company, and 280 is
company → contact. "hubspot-associations types contacts companies" lists the documented ones; those of
your account are in HubSpot under Settings > Objects > Associations.

The access token is read from HUBSPOT_ACCESS_TOKEN, or from the file that --env-file names. It is
never an option, because other users of the machine could see it. A proxy is taken from HTTPS_PROXY,
HTTP_PROXY and NO_PROXY; it needs undici (npm install undici@7).

Press Ctrl-C once to finish the requests in progress and see how to resume; twice to stop immediately.

Exit codes: 0 all associated; 1 nothing done; 2 finished, some rows not associated; 3 stopped
before the end: run the same command again to resume. Repeating what was done changes nothing.

Rows that name the same pair are merged and sent after all others, with the types of all of them. For
this the file is read twice. Standard input can be read only once: with --ledger it is copied first.
Without it, rows of one pair that are far apart are sent separately; each later one has all types so
far, as long as the pair is remembered.`;

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
        meaning: 'Associate every row. If the run stops, the same command resumes it.',
      },
      {
        command: 'types contacts companies',
        meaning: 'List the values of --type for a direction.',
      },
    ],
    notes,
  },
  async (options, [file = ''], { environment, args }) => create({ ...options, file, given: args }, environment),
);

/** Associates the rows of a file, and reports the outcome of each. */
async function create(given: CreateArguments, environment: NodeJS.ProcessEnv): Promise<ExitCode> {
  const { file, ledger, rejects, results, report, baseUrl } = given;
  const files: readonly FileOfCommand[] = [
    { option: 'FILE', path: file, writes: false },
    { option: '--ledger', path: ledger, writes: true },
    { option: '--rejects', path: rejects, writes: true },
    { option: '--results', path: results, writes: true },
    { option: '--report', path: report, writes: true },
  ];
  requireDistinctFiles(files);
  await requireReadable(file);
  await requireFolders(files);
  if (!given.skipTypeCheck) requireKnownTypes(given);
  if (given.dryRun) return dryRun(given);
  if (given.simulate) {
    // Loaded on demand: other runs need not wait for the simulator.
    const { withSimulator } = await import('./with-simulator.js');
    const account = { accessToken: 'simulated', name: 'a simulated account' };
    // A simulated account has no limit of its own.
    const unlimited = { ...given, allowance: given.allowance ?? false };
    return withSimulator(given, (url) => withReport(unlimited, { ...account, baseUrl: url }));
  }
  const accessToken = readToken(environment, given.envFile);
  await useProxy(baseUrl ?? defaultServer, environment);
  return withReport(given, { accessToken, baseUrl, name: baseUrl ?? defaultServer });
}
