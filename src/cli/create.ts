import { createAssociationsClient, type AssociationsClient } from '../associations-client.js';
import type { RunSummary } from '../bulk/run.js';
import type { Counts } from '../bulk/tally.js';
import { defaultServer } from '../../generated/client.js';
import { ApiError, ConfigurationError, messageOf, StoppedError } from '../client/errors.js';
import { canBeReadTwice, readFirst, type FirstPass } from '../files/first-pass.js';
import { openRows } from '../files/open-rows.js';
import { noRepeatedPairs } from '../files/repeated-pairs.js';
import { openLedger, type Ledger } from '../ledger/ledger.js';
import { createUsage, parseCreateArguments, type CreateArguments } from './create-arguments.js';
import { exitCodes, type ExitCode } from './exit-codes.js';
import { requireDistinctFiles } from './distinct-files.js';
import { createProgress } from './progress.js';
import { summaryJson, summaryText } from './print-summary.js';
import { record, recordEnd } from './record.js';
import { openRejects } from './rejects.js';
import { createRowOutcomes, type RowOutcomes } from './row-outcomes.js';
import { withSimulator } from './simulated.js';

/** Where rows are sent to. */
interface Target {
  readonly client: AssociationsClient;
  readonly accessToken: string;
  /** What people read, and what a ledger is about. */
  readonly name: string;
}

/** Associates the rows of a file, and says what became of each. */
export async function create(args: readonly string[], environment: NodeJS.ProcessEnv): Promise<ExitCode> {
  const parsed = parseCreateArguments(args);
  if (parsed === 'help') {
    process.stdout.write(`${createUsage}\n`);
    return exitCodes.allCreated;
  }
  requireDistinctFiles([
    { option: 'FILE', path: parsed.file, writes: false },
    { option: '--ledger', path: parsed.ledger, writes: true },
    { option: '--rejects', path: parsed.rejects, writes: true },
  ]);
  if (parsed.dryRun) return associate(parsed, undefined);
  if (parsed.simulate) {
    return withSimulator(parsed, (baseUrl) => {
      const accessToken = 'simulated';
      return associate(parsed, {
        client: clientFor(parsed, accessToken, baseUrl),
        accessToken,
        name: 'a simulated account',
      });
    });
  }
  const accessToken = environment['HUBSPOT_ACCESS_TOKEN'] ?? '';
  if (accessToken === '') {
    throw new ConfigurationError(
      'HUBSPOT_ACCESS_TOKEN',
      'set it to an access token, or use --simulate to try without one.',
    );
  }
  const client = clientFor(parsed, accessToken, parsed.baseUrl);
  return associate(parsed, { client, accessToken, name: parsed.baseUrl ?? defaultServer });
}

function clientFor(parsed: CreateArguments, accessToken: string, baseUrl: string | undefined): AssociationsClient {
  const { concurrency, timeoutMs, maxAttempts, allowance } = parsed;
  return createAssociationsClient({
    accessToken,
    ...(baseUrl === undefined ? {} : { baseUrl }),
    ...(concurrency === undefined ? {} : { concurrency }),
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
    ...(maxAttempts === undefined ? {} : { maxAttempts }),
    ...(allowance === undefined ? {} : { allowance }),
  });
}

async function associate(parsed: CreateArguments, target: Target | undefined): Promise<ExitCode> {
  const interrupt = new AbortController();
  const onInterrupt = (): void => {
    interrupt.abort(new Error('interrupted'));
  };
  // Once: a second interrupt ends the process as it always does.
  process.once('SIGINT', onInterrupt).once('SIGTERM', onInterrupt);
  let pass: FirstPass | undefined;
  let ledger: Ledger | undefined;
  try {
    const twice = target !== undefined && (parsed.ledger !== undefined || (await canBeReadTwice(parsed.file)));
    if (twice) pass = await readFirst(parsed.file, { defaultTypes: parsed.types }, interrupt.signal);
    if (pass !== undefined && target !== undefined) ledger = await ledgerFor(parsed, pass, target);
    return await associateRows(parsed, target, pass, ledger, interrupt);
  } finally {
    await ledger?.close();
    await pass?.close();
    process.off('SIGINT', onInterrupt).off('SIGTERM', onInterrupt);
  }
}

async function ledgerFor(
  { ledger, renewedToken, from, to, types }: CreateArguments,
  { sha256, bytes }: FirstPass,
  { accessToken, name }: Target,
): Promise<Ledger | undefined> {
  if (ledger === undefined) return undefined;
  const parameters = { target: name, fromObjectType: from, toObjectType: to, types };
  return openLedger(ledger, { input: { sha256, bytes }, parameters, accessToken, renewedToken });
}

async function associateRows(
  parsed: CreateArguments,
  target: Target | undefined,
  pass: FirstPass | undefined,
  ledger: Ledger | undefined,
  interrupt: AbortController,
): Promise<ExitCode> {
  const { file, from, to, dryRun } = parsed;
  const startedAt = performance.now();
  const path = pass?.path ?? file;
  const source = await openRows(path, { defaultTypes: parsed.types });
  const onFailure = (message: string): void => {
    interrupt.abort(new Error(message));
  };
  const rejects = await openRejects(parsed.rejects, file, source.columns, onFailure);
  const rows = createRowOutcomes({
    rows: source.rows,
    repeated: pass?.repeated ?? noRepeatedPairs,
    ledger,
    // In a dry run every good row is unsent, and nothing is wrong with it.
    reject: (row) => (dryRun && row.kind === 'unsent' ? Promise.resolve() : rejects.write(row)),
  });
  const run = target === undefined ? undefined : await runToEnd(parsed, target.client, rows, ledger, interrupt);
  const ended = await endRows(rows, run?.stopped, interrupt.signal);
  const stopped = ended ?? ((await pass?.hasChanged()) === true ? changed(file) : undefined);
  if (rows.laterRows > 0) await rows.settleLaterRows((await openRows(path, { defaultTypes: parsed.types })).rows);
  const rejectsFailure = await rejects.close();

  const counts = rows.counts();
  await recordEnd(ledger, counts, stopped);
  const exitCode = exitCodeOf(dryRun ? { ...counts, created: counts.unsent } : counts, stopped);
  const summary = {
    file,
    from,
    to,
    target: target?.name ?? 'nothing sent (dry run)',
    counts,
    reasons: rows.reasons.filter(({ kind }) => !dryRun || kind !== 'unsent'),
    requests: run?.requests ?? 0,
    retries: run?.retries ?? 0,
    waitedMs: run?.waitedMs ?? 0,
    mergedRows: rows.laterRows,
    rowsOfEarlierRuns: rows.knownRows,
    unmatchedErrors: run?.unmatchedErrors ?? 0,
    durationMs: Math.round(performance.now() - startedAt),
    stopped,
    rejects: rejectsFailure === undefined ? parsed.rejects : undefined,
    ledger: parsed.ledger,
    exitCode,
  };
  process.stdout.write(parsed.json ? summaryJson(summary) : summaryText(summary));
  return exitCode;
}

async function runToEnd(
  parsed: CreateArguments,
  client: AssociationsClient,
  rows: RowOutcomes,
  ledger: Ledger | undefined,
  interrupt: AbortController,
): Promise<RunSummary> {
  const progress = createProgress(process.stderr, parsed.quiet);
  const run = client.createAll({
    fromObjectType: parsed.from,
    toObjectType: parsed.to,
    inputs: rows.inputs(),
    signal: interrupt.signal,
    batchSize: parsed.batchSize,
  });
  for await (const batch of run) {
    const outcomes = batch.outcomes.flatMap((outcome) => rows.outcomeOf(outcome) ?? []);
    for (const outcome of await record(ledger, batch, outcomes, interrupt)) await rows.settle(outcome);
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

/** Its rows may have been mistaken for others, so nothing is called finished. */
function changed(file: string): StoppedError {
  const message = `${file} changed while it was read. Give it again, with another ledger if there is one.`;
  return new StoppedError(message, { reason: 'source' });
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
