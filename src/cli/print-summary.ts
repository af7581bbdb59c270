import type { AssociateCounts } from '../bulk/associate.js';
import { outcomeKinds, type OutcomeKind } from '../bulk/outcome.js';
import type { Counts } from '../bulk/tally.js';
import { ApiError, type StoppedError } from '../client/errors.js';
import { isTransient } from '../client/status-table.js';
import type { CreateArguments } from './create-options.js';
import { exitCodes, type ExitCode } from './exit-codes.js';
import { print } from './print.js';
import { format } from './progress.js';
import type { ReasonCount } from './reasons.js';

/** What a run of `create` came to. */
export interface CreateSummary extends AssociateCounts {
  readonly target: string;
  readonly counts: Counts;
  /** Rows of the file that were not read again before the run stopped. They count as unsent. */
  readonly unread: number | 'unknown';
  readonly reasons: readonly ReasonCount[];
  /** Rows that name the pair of another row. */
  readonly mergedRows: number;
  /** Rows whose outcome stood in the ledger. */
  readonly rowsOfEarlierRuns: number;
  readonly unmatchedErrors: number;
  readonly durationMs: number;
  readonly stopped: StoppedError | undefined;
  /** The file of rejects, if it could be written. */
  readonly rejects: string | undefined;
  readonly exitCode: ExitCode;
}

/** What a run says with its exit code. A run that stopped before anything was associated has done nothing. */
export function exitCodeOf(counts: Counts, stopped: StoppedError | undefined): ExitCode {
  if (stopped === undefined) return counts.created === counts.inputs ? exitCodes.allCreated : exitCodes.someNotCreated;
  return counts.created + counts.unconfirmed === 0 && !canGoOn(stopped) ? exitCodes.nothingDone : exitCodes.stopped;
}

/** Whether the same command, given later, may go on. */
function canGoOn({ reason, cause }: StoppedError): boolean {
  return reason === 'aborted' || (cause instanceof ApiError && isTransient(cause));
}

export function printSummary(parsed: CreateArguments, summary: CreateSummary): void {
  print(process.stdout, ...(parsed.json ? [summaryJson(parsed, summary)] : summaryText(parsed, summary)));
}

const meanings: Readonly<Record<OutcomeKind, string>> = {
  created: 'associated',
  failed: 'refused by the API',
  invalid: 'refused before sending',
  unconfirmed: 'sent, neither confirmed nor refused',
  unsent: 'not sent',
};

/** The summary for people. */
function summaryText({ file, from, to, ledger }: CreateArguments, summary: CreateSummary): string[] {
  const { counts, reasons } = summary;
  const width = format(counts.inputs).length;
  const column = (count: number): string => format(count).padStart(width);
  const lines = [
    '',
    `${file}: ${from} → ${to}, ${summary.target}`,
    '',
    ...outcomeKinds.map((kind) => `  ${kind.padEnd(12)} ${column(counts[kind])}  ${meanings[kind]}`),
    `  ${'rows'.padEnd(12)} ${column(counts.inputs)}  = ${outcomeKinds.map((kind) => format(counts[kind])).join(' + ')}`,
    `  ${'requests'.padEnd(12)} ${column(summary.requests)}  in ${seconds(summary.durationMs)}${detailsOf(summary)}`,
  ];
  if (summary.rowsOfEarlierRuns > 0) {
    lines.push(`  ${'of them'.padEnd(12)} ${column(summary.rowsOfEarlierRuns)}  rows known from ${String(ledger)}`);
  }
  if (summary.mergedRows > 0) {
    lines.push(`  ${'merged'.padEnd(12)} ${column(summary.mergedRows)}  rows with another row of the same pair`);
  }
  if (reasons.length > 0) lines.push('', 'Not associated:');
  for (const { kind, reason, count, lines: rows } of reasons) {
    const [first, ...alike] = rows;
    const others = alike.length === 0 ? '' : `; alike: ${alike.join(', ')}${count > rows.length ? ', …' : ''}`;
    lines.push(`  ${column(count)} ${kind}: ${reason}`, `  ${' '.repeat(width)} row ${String(first)}${others}`);
  }
  if (summary.unmatchedErrors > 0) {
    lines.push('', `${format(summary.unmatchedErrors)} refusals of the API name no row that was sent.`);
  }
  return [...lines, ...endOf(summary, ledger)];
}

/** Where rows stand that were not associated, and how to go on. */
function endOf({ reasons, rejects, stopped, unread }: CreateSummary, ledger: string | undefined): string[] {
  const lines: string[] = [];
  if (rejects !== undefined && reasons.length > 0) {
    lines.push('', `Every row that was ${unread === 0 ? '' : 'read and '}not associated is in ${rejects}.`);
  }
  if (stopped === undefined) return lines;
  lines.push('', `Stopped: ${stopped.message}`);
  if (unread === 'unknown') lines.push('Rows behind those that were read are not counted.');
  else if (unread > 0) lines.push(`${format(unread)} of the unsent rows were not read again, and are in no list.`);
  lines.push(
    ledger === undefined
      ? 'To go on, give the same file again: associating a pair again changes nothing.'
      : `What was done stands in ${ledger}: the same command goes on from there.`,
  );
  return lines;
}

/** The summary for programs: one JSON object. */
function summaryJson({ file, from, to, ledger }: CreateArguments, all: CreateSummary): string {
  const { counts, reasons, stopped, ...summary } = all;
  const { inputs, ...outcomes } = counts;
  return JSON.stringify({
    ...{ file, from, to, ledger },
    ...summary,
    rows: inputs,
    ...outcomes,
    reasons,
    stopped:
      stopped === undefined
        ? null
        : { reason: stopped.reason, message: stopped.message, resumeAt: stopped.resumeAt?.toISOString() ?? null },
  });
}

function seconds(ms: number): string {
  return `${(ms / 1_000).toFixed(1)} s`;
}

function detailsOf({ retries, waitedMs }: CreateSummary): string {
  const repeated = retries === 0 ? '' : `, ${format(retries)} of them retries`;
  return waitedMs < 100 ? repeated : `${repeated}, ${seconds(waitedMs)} of it waiting for the allowance`;
}
