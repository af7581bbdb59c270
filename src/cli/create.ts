import { createAssociationsClient, type AssociationsClient } from '../associations-client.js';
import type { RunSummary } from '../bulk/run.js';
import type { Counts } from '../bulk/tally.js';
import { defaultServer } from '../../generated/client.js';
import { ApiError, ConfigurationError, messageOf, StoppedError } from '../client/errors.js';
import { openRows } from '../files/open-rows.js';
import { createSimulator, type Simulator, type SimulatorOptions } from '../simulator/create-simulator.js';
import { serve } from '../simulator/serve.js';
import { createUsage, parseCreateArguments, type CreateArguments } from './create-arguments.js';
import { exitCodes, type ExitCode } from './exit-codes.js';
import { format, createProgress } from './progress.js';
import { summaryJson, summaryText } from './print-summary.js';
import { openRejects } from './rejects.js';
import { createRowOutcomes, type RowOutcomes } from './row-outcomes.js';

/** Associates the rows of a file, and says what became of each. */
export async function create(args: readonly string[], environment: NodeJS.ProcessEnv): Promise<ExitCode> {
  const parsed = parseCreateArguments(args);
  if (parsed === 'help') {
    process.stdout.write(`${createUsage}\n`);
    return exitCodes.allCreated;
  }
  if (parsed.dryRun) return associate(parsed, undefined, 'nothing sent (dry run)');
  if (parsed.simulate) return simulated(parsed);
  const accessToken = environment['HUBSPOT_ACCESS_TOKEN'] ?? '';
  if (accessToken === '') {
    throw new ConfigurationError(
      'HUBSPOT_ACCESS_TOKEN',
      'set it to an access token, or use --simulate to try without one.',
    );
  }
  const client = clientFor(parsed, accessToken, parsed.baseUrl);
  return associate(parsed, client, parsed.baseUrl ?? defaultServer);
}

async function simulated(parsed: CreateArguments): Promise<ExitCode> {
  const exists = (id: string): boolean => !id.startsWith('999');
  const simulator = simulatorWith({ [parsed.from]: exists, [parsed.to]: exists });
  const server = await serve(simulator);
  try {
    const client = clientFor(parsed, 'simulated', server.url);
    const exitCode = await associate(parsed, client, `simulated at ${server.url}`);
    const associations = simulator.associations(parsed.from, parsed.to).length;
    if (!parsed.json) process.stdout.write(`\nThe simulated account holds ${format(associations)} associations now.\n`);
    return exitCode;
  } finally {
    await server.close();
  }
}

function simulatorWith(records: SimulatorOptions['records'] & object): Simulator {
  try {
    return createSimulator({ records });
  } catch (error) {
    throw new ConfigurationError('--simulate', messageOf(error));
  }
}

function clientFor(parsed: CreateArguments, accessToken: string, baseUrl: string | undefined): AssociationsClient {
  return createAssociationsClient({
    accessToken,
    ...(baseUrl === undefined ? {} : { baseUrl }),
    ...(parsed.concurrency === undefined ? {} : { concurrency: parsed.concurrency }),
    ...(parsed.timeoutMs === undefined ? {} : { timeoutMs: parsed.timeoutMs }),
  });
}

async function associate(
  parsed: CreateArguments,
  client: AssociationsClient | undefined,
  target: string,
): Promise<ExitCode> {
  const { file, from, to } = parsed;
  const startedAt = performance.now();
  const interrupt = new AbortController();
  const onInterrupt = (): void => {
    interrupt.abort(new Error('interrupted'));
  };
  // Once: a second interrupt ends the process as it always does.
  process.once('SIGINT', onInterrupt).once('SIGTERM', onInterrupt);
  try {
    const source = await openRows(file, { defaultTypes: parsed.types });
    const rejects = await openRejects(parsed.rejects, file, source.columns, (message) => {
      interrupt.abort(new Error(message));
    });
    // In a dry run every good row is unsent, and nothing is wrong with it.
    const rows = createRowOutcomes(source.rows, (row) =>
      parsed.dryRun && row.kind === 'unsent' ? Promise.resolve() : rejects.write(row),
    );
    const run = client === undefined ? undefined : await runToEnd(parsed, client, rows, interrupt.signal);
    const stopped = await endRows(rows, run?.stopped, interrupt.signal);
    const rejectsFailure = await rejects.close();

    const counts = rows.counts();
    const exitCode = exitCodeOf(parsed.dryRun ? { ...counts, created: counts.unsent } : counts, stopped);
    const summary = {
      file,
      from,
      to,
      target,
      counts,
      reasons: rows.reasons.filter(({ kind }) => !parsed.dryRun || kind !== 'unsent'),
      requests: run?.requests ?? 0,
      unmatchedErrors: run?.unmatchedErrors ?? 0,
      durationMs: Math.round(performance.now() - startedAt),
      stopped,
      rejects: rejectsFailure === undefined ? parsed.rejects : undefined,
      exitCode,
    };
    process.stdout.write(parsed.json ? summaryJson(summary) : summaryText(summary));
    return exitCode;
  } finally {
    process.off('SIGINT', onInterrupt).off('SIGTERM', onInterrupt);
  }
}

async function runToEnd(
  parsed: CreateArguments,
  client: AssociationsClient,
  rows: RowOutcomes,
  signal: AbortSignal,
): Promise<RunSummary> {
  const progress = createProgress(process.stderr, parsed.quiet);
  const run = client.createAll({
    fromObjectType: parsed.from,
    toObjectType: parsed.to,
    inputs: rows.inputs(),
    signal,
    batchSize: parsed.batchSize,
  });
  for await (const batch of run) {
    for (const outcome of batch.outcomes) await rows.finish(outcome);
    progress.batch(batch);
  }
  progress.end();
  return run.summary;
}

/** Gives the rows that the run did not come to their outcome, and says why it stopped, if it did. */
async function endRows(
  rows: RowOutcomes,
  stopped: StoppedError | undefined,
  signal: AbortSignal,
): Promise<StoppedError | undefined> {
  try {
    await rows.end(stopped?.message ?? 'nothing is sent in a dry run.', signal);
  } catch (error) {
    return stopped ?? new StoppedError(messageOf(error), { reason: 'source', cause: error });
  }
  if (stopped !== undefined || !signal.aborted) return stopped;
  return new StoppedError(messageOf(signal.reason), { reason: 'aborted', cause: signal.reason });
}

function exitCodeOf(counts: Counts, stopped: StoppedError | undefined): ExitCode {
  if (stopped === undefined) return counts.created === counts.inputs ? exitCodes.allCreated : exitCodes.someNotCreated;
  const touched = counts.created + counts.failed + counts.unconfirmed;
  return touched === 0 && !passes(stopped) ? exitCodes.nothingDone : exitCodes.stopped;
}

/** Whether the reason of a stop goes away by waiting, or by giving the command again. */
function passes({ reason, cause }: StoppedError): boolean {
  return reason === 'aborted' || (cause instanceof ApiError && [423, 429, 477].includes(cause.status));
}
