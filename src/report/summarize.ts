import { outcomeKinds, type OutcomeKind } from '../bulk/outcome.js';
import { member } from '../client/json.js';
import type { Reason, RunReport, Timeline } from './model.js';
import type { BatchEntry, EndEntry, ReportRecord, RunEntry } from './records.js';
import { resumeOf } from './resume.js';
import { createRowOutcomes, type RowOutcomes } from './row-outcomes.js';
import { peakOf, timelineOf } from './timeline.js';
import { createWorkClock, factsOf, type Run, type WorkClock } from './work-clock.js';
import { createWorkLog, type WorkLog } from './work-log.js';

/** The summary of a ledger. */
export interface Summary {
  readonly report: RunReport;
  readonly timeline: Timeline;
}

/**
 * Summarizes the records of a ledger, whether its run has ended, is in progress or was killed.
 *
 * @param ledger - The ledger's path in the command that resumes the run; `undefined` for a temporary
 *   ledger.
 * @returns `undefined` for a ledger without records.
 */
export async function summarize(
  records: AsyncIterable<ReportRecord> | Iterable<ReportRecord>,
  ledger: string | undefined,
): Promise<Summary | undefined> {
  const summary = createSummary(ledger);
  for await (const record of records) summary.add(record);
  return summary.result();
}

/** The state while a ledger is read. */
interface Reading {
  readonly clock: WorkClock;
  readonly rows: RowOutcomes;
  readonly log: WorkLog;
  begin: Extract<ReportRecord, { type: 'begin' }> | undefined;
  end: EndEntry | undefined;
  /** Whether runs and retries are recorded. Earlier versions did not record them. */
  isDetailed: boolean;
}

function createSummary(ledger: string | undefined): { add(record: ReportRecord): void; result(): Summary | undefined } {
  const clock = createWorkClock();
  const log = createWorkLog(clock);
  const rows = createRowOutcomes();
  const reading: Reading = { clock, rows, log, begin: undefined, end: undefined, isDetailed: false };

  const addRun = ({ at, file, arguments: given, allowance }: RunEntry): void => {
    const ms = Date.parse(at);
    const current = clock.runs.at(-1);
    // The first run begins with the ledger.
    const isFirst = current !== undefined && current.requests + current.batches === 0 && current.state === 'open';
    const run = isFirst ? clock.at(ms) : log.startRun(ms);
    run.file = file;
    run.arguments = given;
    run.allowance = allowance;
    reading.isDetailed = true;
  };
  const addBatch = (batch: BatchEntry): void => {
    for (const [first, last] of batch.created) rows.created(first, last);
    for (const entry of batch.notCreated) rows.notCreated(entry);
    log.batch(batch);
  };
  const addEnd = (record: EndEntry): void => {
    const run = clock.at(Date.parse(record.at));
    run.state = record.stopped === null ? 'finished' : 'stopped';
    run.stopped = record.stopped;
    reading.end = record;
  };

  return {
    add: (record) => {
      switch (record.type) {
        case 'begin':
          reading.begin = record;
          log.startRun(Date.parse(record.at));
          return;
        case 'run':
          addRun(record);
          return;
        case 'request':
          log.request(record);
          return;
        case 'batch':
          addBatch(record);
          return;
        case 'end':
          addEnd(record);
          return;
        case 'token':
          if (clock.runs.at(-1)?.state === 'open') log.startRun(Date.parse(record.at));
      }
    },
    result: () => {
      const last = clock.runs.at(-1);
      return last === undefined ? undefined : summaryOf(reading, last, ledger);
    },
  };
}

function summaryOf(
  { clock, rows, log, begin, end, isDetailed }: Reading,
  last: Run,
  ledger: string | undefined,
): Summary {
  const { runs, workedMs } = clock;
  const timeline = timelineOf(log.marks, runs);
  const rowsOfFile = begin?.input.rows ?? end?.counts['inputs'] ?? null;
  const outcomes = outcomesOf((kind) => rows.count(kind), end, last.state === 'open');
  const accounted = outcomeKinds.reduce((sum, kind) => sum + outcomes[kind], 0);
  const sum = (of: (run: Run) => number): number => runs.reduce((total, run) => total + of(run), 0);
  const report: Omit<RunReport, 'resume'> = {
    ...{ state: last.state, stopped: last.stopped, file: last.file, ...subjectOf(begin?.parameters ?? {}) },
    startedAt: new Date(runs[0]?.startMs ?? 0).toISOString(),
    lastAt: new Date(last.lastMs).toISOString(),
    workedMs,
    ...{ rows: rowsOfFile, outcomes, pending: rowsOfFile === null ? null : Math.max(0, rowsOfFile - accounted) },
    batches: sum(({ batches }) => batches),
    requests: sum(({ requests }) => requests),
    rowsPerSecond: Math.round(sum((run) => run.rows) / (Math.max(1, workedMs) / 1_000)),
    allowance: last.allowance,
    peakRequests: peakOf(timeline),
    retries: { known: isDetailed, ...log.retries() },
    ...{ waitedMs: log.waitedMs, unmatchedErrors: log.unmatchedErrors, slowest: log.slowest },
    reasons: reasonsOf(rows.reasons(), end),
    runs: runs.map(factsOf),
  };
  return { report: { ...report, resume: resumeOf(report, last.arguments, ledger) }, timeline };
}

/** If a run has ended, its own counts are used: they include rows that are in no batch. */
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
    // Invalid rows stay invalid, even if the next run has not counted them yet.
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
