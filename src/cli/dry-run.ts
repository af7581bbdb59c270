import type { Batch } from '../bulk/batcher.js';
import type { BatchSource } from '../bulk/batch-source.js';
import { createStop, type Stop } from '../bulk/stop.js';
import { StoppedError } from '../client/errors.js';
import { resolveOptions } from '../client/options.js';
import { maximumInputs } from '../client/validate.js';
import type { InputRow } from '../files/row.js';
import type { Scan } from '../files/scan-file.js';
import type { CreateArguments } from './create-options.js';
import type { ExitCode } from './exit-codes.js';
import { createForecaster } from './forecast.js';
import { withInterrupt, type Interrupt } from './interrupt.js';
import { viewOf, type LiveView } from './live-view.js';
import { openInput, withScan } from './open-input.js';
import { openOutcomeFiles } from './outcome-files.js';
import { printSummary } from './print-summary.js';
import { rowBatches } from './row-batches.js';
import { createRowSettlement } from './row-settlement.js';
import { summarize, type RunSummary } from './run-summary.js';

/** Checks a file and forms its batches, but sends nothing. Only rows that cannot be sent are rejected. */
export function dryRun(given: CreateArguments): Promise<ExitCode> {
  return withInterrupt(async (interrupt) => {
    const view = viewOf(given);
    try {
      return await withScan(given, interrupt, view, async (scan) => {
        const summary = await forecastRows(given, { scan, interrupt, view });
        printSummary(given, summary);
        return summary.exitCode;
      });
    } finally {
      view.end();
    }
  });
}

async function forecastRows(
  given: CreateArguments,
  { scan, interrupt, view }: { scan: Scan | undefined; interrupt: Interrupt; view: LiveView },
): Promise<RunSummary> {
  const startedAt = performance.now();
  const source = await openInput(given, interrupt, scan);
  const files = await openOutcomeFiles(given, source, interrupt.fail);
  const settlement = createRowSettlement({ ledger: undefined, ...files, onFailure: interrupt.fail });
  // The token is never sent. Only the default options matter.
  const options = resolveOptions({ accessToken: 'none', ...(given.allowance !== undefined && { allowance: given.allowance }) }); // prettier-ignore
  const stop = createStop(interrupt.ending);
  view.begin({ ...options, total: scan?.rows, counts: settlement.soFar });
  const forecaster = createForecaster(given, options.allowance);
  const batches = rowBatches({
    ...{ source, scan, settlement, stop, outcomeOf: () => undefined, readsAfterStop: () => false },
    batchSize: given.batchSize ?? maximumInputs,
  });
  for await (const batch of allOf(batches, stop)) {
    forecaster.add(batch);
    for (const [at, error] of batch.refused) {
      const row = batch.items[at];
      if (row !== undefined) settlement.invalid(row, error);
    }
    settlement.unsent(batch.items.length - batch.refused.size);
    batch.settled.resolve(new Map());
  }
  view.end();
  const failure = await files.close();
  const stopped = stop.error ?? (failure === undefined ? undefined : new StoppedError(failure, { reason: 'aborted' }));
  return summarize({
    ...{ requests: 0, retries: 0, waitedMs: 0, settlement, startedAt, stopped, encoding: source.encoding },
    unreadRows: scan === undefined ? undefined : scan.rows - settlement.rowsRead,
    target: 'nothing sent (dry run)',
    rejects: failure === undefined ? given.rejects : undefined,
    results: undefined,
    forecast: forecaster.forecast,
  });
}

async function* allOf(source: BatchSource<InputRow>, stop: Stop): AsyncGenerator<Batch<InputRow>, void> {
  while (stop.error === undefined) {
    await source.fill();
    const batch = source.take();
    if (batch === undefined) return;
    yield batch;
  }
  yield* source.rest();
}
