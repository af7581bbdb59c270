import { associate } from '../bulk/associate.js';
import { createStop } from '../bulk/stop.js';
import { createClient } from '../client/create-client.js';
import { messageOf, StoppedError } from '../client/errors.js';
import { resolveOptions, type ResolvedOptions } from '../client/options.js';
import { maximumInputs } from '../client/validate.js';
import { openRows } from '../files/open-rows.js';
import { canBeReadTwice, scanFile, type Scan } from '../files/scan-file.js';
import { openLedger, type Ledger } from '../ledger/ledger.js';
import type { CreateArguments } from './create-options.js';
import type { ExitCode } from './exit-codes.js';
import { withInterrupt } from './interrupt.js';
import { exitCodeOf, printSummary } from './print-summary.js';
import { createProgress } from './progress.js';
import { openRejects } from './rejects.js';
import { rowBatches } from './row-batches.js';
import { createRequestLog, endRecord, runRecord } from './run-records.js';
import { createRowSettlement } from './row-settlement.js';

/** Where rows are sent to. */
export interface Target {
  readonly accessToken: string;
  /** @defaultValue that of the spec */
  readonly baseUrl: string | undefined;
  /** What people read, and what a ledger is about. */
  readonly name: string;
}

/** What is open while a file is associated. */
interface Resources {
  readonly target: Target;
  readonly scan: Scan | undefined;
  readonly ledger: Ledger | undefined;
  readonly interrupt: AbortController;
}

/**
 * Associates the rows of a file, and says what became of each.
 *
 * @param ledgerPath - Where the ledger of the run is, if it has one.
 */
export function associateFile(
  parsed: CreateArguments,
  target: Target,
  ledgerPath: string | undefined,
): Promise<ExitCode> {
  const recorded = { ...parsed, ledger: ledgerPath };
  return withInterrupt(async (interrupt) => {
    const scan = await scanFor(recorded, interrupt.signal);
    try {
      const ledger = await ledgerFor(recorded, scan, target);
      try {
        return await associateRows(parsed, { target, scan, ledger, interrupt });
      } finally {
        await ledger?.close();
      }
    } finally {
      await scan?.close();
    }
  });
}

/** What can be read only once is copied for a ledger, and else read as it comes. */
async function scanFor({ file, types, ledger }: CreateArguments, signal: AbortSignal): Promise<Scan | undefined> {
  if (ledger === undefined && !(await canBeReadTwice(file))) return undefined;
  return scanFile(file, { defaultTypes: types }, signal);
}

async function ledgerFor(
  { ledger, renewedToken, from, to, types }: CreateArguments,
  scan: Scan | undefined,
  { accessToken, name }: Target,
): Promise<Ledger | undefined> {
  if (ledger === undefined || scan === undefined) return undefined;
  const { sha256, bytes, rows } = scan;
  const parameters = { target: name, fromObjectType: from, toObjectType: to, types };
  return openLedger(ledger, { input: { sha256, bytes, rows }, parameters, accessToken, renewedToken });
}

async function associateRows(parsed: CreateArguments, resources: Resources): Promise<ExitCode> {
  const { scan, ledger, interrupt } = resources;
  const startedAt = performance.now();
  const source = await (scan?.open() ??
    openRows(parsed.file, { defaultTypes: parsed.types, signal: interrupt.signal }));
  const onFailure = (message: string): void => {
    interrupt.abort(new Error(message));
  };
  const rejects = await openRejects(parsed.rejects, source.columns, onFailure);
  const settlement = createRowSettlement({ ledger, rejects, onFailure });
  const options = clientOptions(parsed, resources);
  const stop = createStop(interrupt.signal);
  await ledger?.append(runRecord(parsed.file, options));
  const progress = createProgress(process.stderr, parsed.quiet);
  const run = await associate({
    client: createClient(options),
    fromObjectType: parsed.from,
    toObjectType: parsed.to,
    source: rowBatches({
      ...{ source, scan, settlement, stop },
      batchSize: parsed.batchSize ?? maximumInputs,
      outcomeOf: (line) => ledger?.outcomeOf(line),
      // Whoever goes on from the rejects must find every row there that was not associated.
      readsOn: () => !interrupt.signal.aborted || parsed.rejects !== undefined,
    }),
    settle: async (batch) => {
      await settlement.batch(batch);
      progress.batch(batch);
    },
    concurrency: options.concurrency,
    stop,
    signal: interrupt.signal,
    run: 1,
    onEvent: () => undefined,
  });
  progress.end();
  const unread = scan === undefined ? 0 : scan.rows - settlement.rowsRead;
  const counts = settlement.counts(unread);
  const stopped = stop.error ?? failureOf(interrupt.signal);
  const rejectsFailure = await rejects.close();
  await ledger
    // That the end could not be written loses nothing: every batch is there.
    ?.append(endRecord(counts, stopped, settlement.reasons))
    .catch(() => undefined);
  const exitCode = exitCodeOf(counts, stopped);
  printSummary(parsed, {
    ...run,
    target: resources.target.name,
    counts,
    unread: scan === undefined && stopped !== undefined ? 'unknown' : unread + settlement.unlistedRows,
    reasons: settlement.reasons,
    mergedRows: settlement.mergedRows,
    rowsOfEarlierRuns: settlement.knownRows,
    unmatchedErrors: settlement.unmatchedErrors,
    durationMs: Math.round(performance.now() - startedAt),
    stopped,
    rejects: rejectsFailure === undefined ? parsed.rejects : undefined,
    exitCode,
  });
  return exitCode;
}

/** The disk of the ledger or of the rejects may become full when nothing is left to send. */
function failureOf(signal: AbortSignal): StoppedError | undefined {
  if (!signal.aborted) return undefined;
  return new StoppedError(messageOf(signal.reason), { reason: 'aborted', cause: signal.reason });
}

function clientOptions(parsed: CreateArguments, { target, ledger }: Resources): ResolvedOptions {
  const { apiVersion, concurrency, timeoutMs, maxAttempts, allowance } = parsed;
  const { accessToken, baseUrl } = target;
  return resolveOptions({
    accessToken,
    ...(baseUrl === undefined ? {} : { baseUrl }),
    ...(apiVersion === undefined ? {} : { apiVersion }),
    ...(concurrency === undefined ? {} : { concurrency }),
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
    ...(maxAttempts === undefined ? {} : { maxAttempts }),
    ...(allowance === undefined ? {} : { allowance }),
    // The allowance outlives the process: what an earlier one sent counts until its window is over.
    ...(ledger === undefined ? {} : { earlierRequests: ledger.recentRequests }),
    onEvent: ledger === undefined ? () => undefined : createRequestLog(ledger),
  });
}
