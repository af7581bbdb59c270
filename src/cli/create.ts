import { defaultServer } from '../../generated/client.js';
import { ConfigurationError } from '../client/errors.js';
import { associateFile } from './associate-file.js';
import { createUsage, parseCreateArguments } from './create-arguments.js';
import { requireDistinctFiles } from './distinct-files.js';
import { dryRun } from './dry-run.js';
import { exitCodes, type ExitCode } from './exit-codes.js';
import { requireKnownTypes } from './known-types.js';
import { print } from './print.js';

/** Associates the rows of a file, and says what became of each. */
export async function create(args: readonly string[], environment: NodeJS.ProcessEnv): Promise<ExitCode> {
  const parsed = parseCreateArguments(args);
  if (parsed === 'help') {
    print(process.stdout, ...createUsage.split('\n'));
    return exitCodes.allCreated;
  }
  const { file, ledger, rejects, baseUrl } = parsed;
  requireDistinctFiles([
    { option: 'FILE', path: file, writes: false },
    { option: '--ledger', path: ledger, writes: true },
    { option: '--rejects', path: rejects, writes: true },
  ]);
  if (!parsed.skipTypeCheck) requireKnownTypes(parsed);
  if (parsed.dryRun) return dryRun(parsed);
  if (parsed.simulate) {
    // Loaded here, since everybody else would wait for the simulator and its server.
    const { withSimulator } = await import('./simulated.js');
    const account = { accessToken: 'simulated', name: 'a simulated account' };
    return withSimulator(parsed, (url) => associateFile(parsed, { ...account, baseUrl: url }));
  }
  const accessToken = environment['HUBSPOT_ACCESS_TOKEN'] ?? '';
  if (accessToken === '') {
    throw new ConfigurationError(
      'HUBSPOT_ACCESS_TOKEN',
      'set it to an access token, or use --simulate to try without one.',
    );
  }
  return associateFile(parsed, { accessToken, baseUrl, name: baseUrl ?? defaultServer });
}
