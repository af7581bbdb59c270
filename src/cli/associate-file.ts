import { associate } from '../bulk/associate.js';
import { createStop } from '../bulk/stop.js';
import { createClient } from '../client/create-client.js';
import { messageOf, StoppedError } from '../client/errors.js';
import { resolveOptions, type ClientOptions } from '../client/options.js';
import { maximumInputs } from '../client/validate.js';
import type { Scan } from '../files/scan-file.js';
import { openLedger, type Ledger } from '../ledger/ledger.js';
import type { CreateArguments } from './create-options.js';
import type { ExitCode } from './exit-codes.js';
import { withInterrupt, type Interrupt } from './interrupt.js';
import { viewOf, type LiveView } from './live-view.js';
import { columnsOf, openInput, withScan } from './open-input.js';
import { openOutcomeFiles } from './outcome-files.js';
import { printSummary } from './print-summary.js';
import { rowBatches } from './row-batches.js';
import { createRequestLog, endRecord, runRecord } from './run-records.js';
import { createRowSettlement } from './row-settlement.js';
import { summarize, type RunSummary } from './run-summary.js';

/** The account that rows are sent to. */
export interface Target {
  readonly accessToken: string;
  /** @defaultValue the server of the spec */
  readonly baseUrl: string | undefined;
  /** The name shown to people and recorded in the ledger. */
  readonly name: string;
}

/** Everything that is open while a file is associated. */
interface Resources {
  readonly target: Target;
  readonly scan: Scan | undefined;
  readonly ledger: Ledger | undefined;
  readonly interrupt: Interrupt;
  readonly view: LiveView;
}

/**
 * Associates the rows of a file, and reports the outcome of each.
 *
 * @param ledgerPath - The path of the run's ledger, if it has one.
 */
export function associateFile(
  given: CreateArguments,
  target: Target,
  ledgerPath: string | undefined,
): Promise<ExitCode> {
  const recorded = { ...given, ledger: ledgerPath };
  return withInterrupt(async (interrupt) => {
    const view = viewOf(given);
    try {
      return await withScan(recorded, interrupt, view, async (scan) => {
        const ledger = await ledgerFor(recorded, scan, target);
        try {
          const summary = await associateRows(given, { target, scan, ledger, interrupt, view });
          printSummary(given, summary);
          return summary.exitCode;
        } finally {
          await ledger?.close();
        }
      });
    } finally {
      view.end();
    }
  });
}

async function ledgerFor(
  given: CreateArguments,
  scan: Scan | undefined,
  { accessToken, name }: Target,
): Promise<Ledger | undefined> {
  const { ledger, renewedToken, from, to, types } = given;
  if (ledger === undefined || scan === undefined) return undefined;
  const { sha256, bytes, rows } = scan;
  const columns = columnsOf(given);
  const parameters = { target: name, fromObjectType: from, toObjectType: to, types, ...(columns && { columns }) };
  return openLedger(ledger, { input: { sha256, bytes, rows }, parameters, accessToken, renewedToken });
}

async function associateRows(given: CreateArguments, resources: Resources): Promise<RunSummary> {
  const { target, scan, ledger, interrupt, view } = resources;
  const startedAt = performance.now();
  const source = await openInput(given, interrupt, scan);
  const files = await openOutcomeFiles(given, source, interrupt.fail);
  const settlement = createRowSettlement({ ledger, ...files, onFailure: interrupt.fail });
  const options = resolveOptions(clientOptions(given, resources));
  const stop = createStop(interrupt.ending);
  await ledger?.append(runRecord(given, options));
  view.begin({ ...options, total: scan?.rows, counts: settlement.soFar });
  const onEnding = (): void => {
    if (!interrupt.stopping.aborted) view.ending();
  };
  interrupt.ending.addEventListener('abort', onEnding);
  const took = await associate({
    client: createClient(options),
    fromObjectType: given.from,
    toObjectType: given.to,
    source: rowBatches({
      ...{ source, scan, settlement, stop },
      batchSize: given.batchSize ?? maximumInputs,
      outcomeOf: (line) => ledger?.outcomeOf(line),
      // The rejects must contain every row that was not associated, even after an interrupt.
      readsAfterStop: () => !interrupt.ending.aborted || files.rejects.isOpen || files.results.isOpen,
    }),
    settle: (batch) => settlement.batch(batch),
    concurrency: options.concurrency,
    stop,
    signal: interrupt.stopping,
    run: 1,
    onEvent: view.event,
  });
  interrupt.ending.removeEventListener('abort', onEnding);
  view.end();
  const unreadRows = scan === undefined ? undefined : scan.rows - settlement.rowsRead;
  const failure = await files.close();
  const stopped = stop.error ?? failureOf(interrupt.ending);
  // The interrupt came while the last rows were in progress, and they have finished.
  const wasDone = interrupt.ending.aborted && !interrupt.stopping.aborted && unreadRows === 0 && settlement.soFar.unsent === 0; // prettier-ignore
  const summary = summarize({
    ...{ ...took, settlement, unreadRows, startedAt, target: target.name, encoding: source.encoding },
    stopped: wasDone ? undefined : stopped,
    rejects: failure === undefined ? given.rejects : undefined,
    results: failure === undefined ? given.results : undefined,
    forecast: undefined,
  });
  await ledger
    // A missing end record loses nothing, since every batch is recorded.
    ?.append(endRecord(summary.counts, summary.stopped, settlement.reasons))
    .catch(() => undefined);
  return summary;
}

/** The disk may become full when nothing is left to send, so a failure may come after the run. */
function failureOf(signal: AbortSignal): StoppedError | undefined {
  if (!signal.aborted) return undefined;
  return new StoppedError(messageOf(signal.reason), { reason: 'aborted', cause: signal.reason });
}

function clientOptions(given: CreateArguments, { target, ledger, view }: Resources): ClientOptions {
  const { apiVersion, concurrency, timeoutMs, maxAttempts, allowance } = given;
  const logRequest = ledger === undefined ? undefined : createRequestLog(ledger);
  const { accessToken, baseUrl } = target;
  return {
    accessToken,
    ...(baseUrl === undefined ? {} : { baseUrl }),
    ...(apiVersion === undefined ? {} : { apiVersion }),
    ...(concurrency === undefined ? {} : { concurrency }),
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
    ...(maxAttempts === undefined ? {} : { maxAttempts }),
    ...(allowance === undefined ? {} : { allowance }),
    // Requests of an earlier process count against the allowance until their window has passed.
    ...(ledger === undefined ? {} : { earlierRequests: ledger.recentRequests }),
    onEvent: (event) => {
      logRequest?.(event);
      view.event(event);
    },
  };
}
