import type { BatchFacts, RunReport } from './model.js';
import type { BatchEntry, RequestEntry } from './records.js';
import type { Marks } from './timeline.js';
import type { Run, WorkClock } from './work-clock.js';

/** Collects figures about requests and batches. */
export interface WorkLog {
  startRun(ms: number): Run;
  request(entry: RequestEntry): void;
  batch(entry: BatchEntry): void;
  readonly marks: Marks;
  retries(): Omit<RunReport['retries'], 'known'>;
  /** How long at least one request was waiting, in milliseconds. */
  readonly waitedMs: number;
  readonly unmatchedErrors: number;
  readonly slowest: readonly BatchFacts[];
}

const slowestBatches = 10;

/** What is known about a batch before it has finished. */
interface BatchInProgress {
  readonly sentMs: number;
  readonly retriedAfter: string[];
}

export function createWorkLog(clock: WorkClock): WorkLog {
  const requestMs: number[] = [];
  const [batchMs, batchTookMs, batchRequests, batchRows]: [number[], number[], number[], number[]] = [[], [], [], []];
  const retriedAfter = new Map<string, number>();
  let waitedMs = 0;
  let waitedUntil = 0;
  let unmatchedErrors = 0;
  let slowest: BatchFacts[] = [];
  let inProgress = new Map<number, BatchInProgress>();
  let finished = new Set<number>();

  const startRun = (ms: number): Run => {
    inProgress = new Map();
    finished = new Set();
    return clock.begin(ms);
  };
  return {
    startRun,
    request: ({ at, batch, after, waitedMs: waited = 0 }) => {
      const ms = Date.parse(at);
      clock.at(ms).requests += 1;
      requestMs.push(clock.worked(ms));
      waitedMs += Math.max(0, ms - Math.max(ms - waited, waitedUntil));
      waitedUntil = Math.max(waitedUntil, ms);
      if (after !== undefined) retriedAfter.set(after, (retriedAfter.get(after) ?? 0) + 1);
      if (batch === undefined) return;
      const known = inProgress.get(batch) ?? { sentMs: ms, retriedAfter: [] };
      if (after !== undefined) known.retriedAfter.push(after);
      inProgress.set(batch, known);
    },
    batch: (batch) => {
      const ms = Date.parse(batch.finishedAt);
      // In ledgers without run records, a repeated batch number shows that another run has begun.
      if (finished.has(batch.number)) startRun(Date.parse(batch.startedAt));
      finished.add(batch.number);
      unmatchedErrors += batch.unmatchedErrors.length;
      const run = clock.at(ms);
      const facts = factsOfBatch(batch, clock.runs.length, inProgress.get(batch.number));
      inProgress.delete(batch.number);
      run.batches += 1;
      run.rows += facts.rows;
      batchMs.push(clock.worked(ms));
      batchTookMs.push(facts.tookMs);
      batchRequests.push(facts.requests);
      batchRows.push(facts.rows);
      if (facts.tookMs > (slowest.at(slowestBatches - 1)?.tookMs ?? -1)) {
        slowest = [...slowest, facts].sort((a, b) => b.tookMs - a.tookMs).slice(0, slowestBatches);
      }
    },
    marks: { requestMs, batchMs, batchTookMs, batchRequests, batchRows },
    retries: () => {
      const after = [...retriedAfter].map(([cause, count]) => ({ cause, count })).sort((a, b) => b.count - a.count);
      return { count: after.reduce((all, { count }) => all + count, 0), after };
    },
    get waitedMs() {
      return Math.round(waitedMs);
    },
    get unmatchedErrors() {
      return unmatchedErrors;
    },
    get slowest() {
      return slowest;
    },
  };
}

function factsOfBatch(batch: BatchEntry, run: number, known: BatchInProgress | undefined): BatchFacts {
  const { number, created, notCreated, requests, correlationIds } = batch;
  const rows = created.reduce((sum, [first, last]) => sum + last - first + 1, notCreated.length);
  const tookMs = Math.max(0, Date.parse(batch.finishedAt) - (known?.sentMs ?? Date.parse(batch.startedAt)));
  return { run, number, rows, requests, tookMs, retriedAfter: known?.retriedAfter ?? [], correlationIds };
}
