import { outcomeKinds, type OutcomeKind } from '../bulk/outcome.js';
import { member } from '../client/json.js';
import type { BatchFacts, Reason, RunReport, Timeline } from './model.js';
import type { BatchEntry, EndEntry, ReportRecord, RequestEntry, RunEntry } from './records.js';
import { resumeOf } from './resume.js';
import { createRowOutcomes } from './row-outcomes.js';
import { peakOf, timelineOf } from './timeline.js';
import { createWorkClock, factsOf, type Run } from './work-clock.js';

/** What a ledger comes to. */
export interface Summary {
  readonly report: RunReport;
  readonly timeline: Timeline;
}

const slowestBatches = 10;

/** What is known of a batch before it has finished. */
interface UnderWay {
  readonly sentMs: number;
  readonly retriedAfter: string[];
}

/**
 * Reads the records of a ledger, whether its run has ended, is under way or was killed.
 *
 * @param ledger - The ledger's path, as the command to go on names it; nothing for one that is not kept.
 * @returns Nothing for a ledger without a record.
 */
export async function summarise(
  records: AsyncIterable<ReportRecord> | Iterable<ReportRecord>,
  ledger: string | undefined,
): Promise<Summary | undefined> {
  const summary = createSummary(ledger);
  for await (const record of records) summary.add(record);
  return summary.result();
}

function createSummary(ledger: string | undefined): { add(record: ReportRecord): void; result(): Summary | undefined } {
  const clock = createWorkClock();
  const rows = createRowOutcomes();
  const marks = { requestMs: numbers(), batchMs: numbers(), batchTookMs: numbers(), batchRequests: numbers(), batchRows: numbers() }; // prettier-ignore
  const retriedAfter = new Map<string, number>();
  let begin: Extract<ReportRecord, { type: 'begin' }> | undefined;
  let end: EndEntry | undefined;
  let isDetailed = false;
  let waitedMs = 0;
  let waitedUntil = 0;
  let unmatchedErrors = 0;
  let slowest: BatchFacts[] = [];
  let underWay = new Map<number, UnderWay>();
  let finished = new Set<number>();

  const startRun = (ms: number): Run => {
    underWay = new Map();
    finished = new Set();
    return clock.begin(ms);
  };
  const addRun = ({ at, file, allowance }: RunEntry): void => {
    const ms = Date.parse(at);
    const current = clock.runs.at(-1);
    // The first one begins with the ledger.
    const isFirst = current !== undefined && current.requests + current.batches === 0 && current.state === 'open';
    const run = isFirst ? clock.at(ms) : startRun(ms);
    run.file = file;
    run.allowance = allowance;
    isDetailed = true;
  };
  const addRequest = ({ at, batch, after, waitedMs: waited = 0 }: RequestEntry): void => {
    const ms = Date.parse(at);
    clock.at(ms).requests += 1;
    marks.requestMs.push(clock.worked(ms));
    waitedMs += Math.max(0, ms - Math.max(ms - waited, waitedUntil));
    waitedUntil = Math.max(waitedUntil, ms);
    if (after !== undefined) retriedAfter.set(after, (retriedAfter.get(after) ?? 0) + 1);
    if (batch === undefined) return;
    const known = underWay.get(batch) ?? { sentMs: ms, retriedAfter: [] };
    if (after !== undefined) known.retriedAfter.push(after);
    underWay.set(batch, known);
  };
  const addBatch = (batch: BatchEntry): void => {
    const ms = Date.parse(batch.finishedAt);
    // Before runs were recorded, that batches are counted anew was all that showed that another had begun.
    if (finished.has(batch.number)) startRun(Date.parse(batch.startedAt));
    finished.add(batch.number);
    for (const [first, last] of batch.created) rows.created(first, last);
    for (const entry of batch.notCreated) rows.notCreated(entry);
    unmatchedErrors += batch.unmatchedErrors.length;
    const run = clock.at(ms);
    const facts = factsOfBatch(batch, clock.runs.length, underWay.get(batch.number));
    underWay.delete(batch.number);
    run.batches += 1;
    run.rows += facts.rows;
    marks.batchMs.push(clock.worked(ms));
    marks.batchTookMs.push(facts.tookMs);
    marks.batchRequests.push(facts.requests);
    marks.batchRows.push(facts.rows);
    if (facts.tookMs > (slowest.at(slowestBatches - 1)?.tookMs ?? -1)) {
      slowest = [...slowest, facts].sort((a, b) => b.tookMs - a.tookMs).slice(0, slowestBatches);
    }
  };
  const addEnd = (record: EndEntry): void => {
    const run = clock.at(Date.parse(record.at));
    run.state = record.stopped === null ? 'finished' : 'stopped';
    run.stopped = record.stopped;
    end = record;
  };

  return {
    add: (record) => {
      switch (record.type) {
        case 'begin':
          begin = record;
          startRun(Date.parse(record.at));
          return;
        case 'run':
          addRun(record);
          return;
        case 'request':
          addRequest(record);
          return;
        case 'batch':
          addBatch(record);
          return;
        case 'end':
          addEnd(record);
          return;
        case 'token':
          if (clock.runs.at(-1)?.state === 'open') startRun(Date.parse(record.at));
      }
    },
    result: () => {
      const last = clock.runs.at(-1);
      if (last === undefined) return undefined;
      const timeline = timelineOf(marks, clock.runs);
      const isOpen = last.state === 'open';
      const rowsOfFile = begin?.input.rows ?? end?.counts['inputs'] ?? null;
      const outcomes = outcomesOf((kind) => rows.count(kind), end, isOpen);
      const accounted = outcomeKinds.reduce((sum, kind) => sum + outcomes[kind], 0);
      const pending = rowsOfFile === null ? null : Math.max(0, rowsOfFile - accounted);
      const target = subjectOf(begin?.parameters ?? {});
      const sum = (of: (run: Run) => number): number => clock.runs.reduce((total, run) => total + of(run), 0);
      const retries = [...retriedAfter].map(([cause, count]) => ({ cause, count })).sort((a, b) => b.count - a.count);
      const report: Omit<RunReport, 'resume'> = {
        ...{ state: last.state, stopped: last.stopped, file: last.file, ...target },
        startedAt: new Date(clock.runs[0]?.startMs ?? 0).toISOString(),
        lastAt: new Date(last.lastMs).toISOString(),
        workedMs: clock.workedMs,
        ...{ rows: rowsOfFile, outcomes, pending },
        batches: sum(({ batches }) => batches),
        requests: sum(({ requests }) => requests),
        rowsPerSecond: Math.round(sum((run) => run.rows) / (Math.max(1, clock.workedMs) / 1_000)),
        allowance: last.allowance,
        peakRequests: peakOf(timeline),
        retries: { known: isDetailed, count: retries.reduce((all, { count }) => all + count, 0), after: retries },
        ...{ waitedMs: Math.round(waitedMs), unmatchedErrors, slowest },
        reasons: reasonsOf(rows.reasons(), end),
        runs: clock.runs.map(factsOf),
      };
      return { report: { ...report, resume: resumeOf(report, ledger) }, timeline };
    },
  };
}

function factsOfBatch(batch: BatchEntry, run: number, known: UnderWay | undefined): BatchFacts {
  const { number, created, notCreated, requests, correlationIds } = batch;
  const rows = created.reduce((sum, [first, last]) => sum + last - first + 1, notCreated.length);
  const tookMs = Math.max(0, Date.parse(batch.finishedAt) - (known?.sentMs ?? Date.parse(batch.startedAt)));
  return { run, number, rows, requests, tookMs, retriedAfter: known?.retriedAfter ?? [], correlationIds };
}

/** Once a run has ended its own counts hold: they have the rows too that are in no batch. */
function outcomesOf(
  countOf: (kind: OutcomeKind) => number,
  end: EndEntry | undefined,
  isOpen: boolean,
): Record<OutcomeKind, number> {
  const ended = (kind: OutcomeKind): number => end?.counts[kind] ?? 0;
  const count = (kind: OutcomeKind): number => (isOpen || end === undefined ? countOf(kind) : ended(kind));
  return {
    created: count('created'),
    failed: count('failed'),
    // What is wrong with the file stays wrong.
    invalid: Math.max(count('invalid'), ended('invalid')),
    unconfirmed: count('unconfirmed'),
    unsent: count('unsent'),
  };
}

function reasonsOf(ofBatches: readonly Reason[], end: EndEntry | undefined): Reason[] {
  if (end?.invalid === undefined) return [...ofBatches];
  const invalid = end.invalid.map(({ reason, count, rows }): Reason => {
    return { kind: 'invalid', category: null, reason, count, examples: rows.map((row) => ({ row, reason })) };
  });
  return [...ofBatches.filter(({ kind }) => kind !== 'invalid'), ...invalid].sort((a, b) => b.count - a.count);
}

function subjectOf(parameters: Readonly<Record<string, unknown>>): Pick<RunReport, 'from' | 'to' | 'target' | 'types'> {
  const text = (name: string): string => {
    const value = parameters[name];
    return typeof value === 'string' ? value : '';
  };
  const types: unknown = parameters['types'];
  return {
    from: text('fromObjectType'),
    to: text('toObjectType'),
    target: text('target'),
    types: (Array.isArray(types) ? types : []).map(typeText),
  };
}

function typeText(type: unknown): string {
  return `${String(member(type, 'associationCategory'))}:${String(member(type, 'associationTypeId'))}`;
}

function numbers(): number[] {
  return [];
}
