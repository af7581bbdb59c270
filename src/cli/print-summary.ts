import type { StoppedError } from '../client/errors.js';
import type { Counts } from '../bulk/tally.js';
import type { ExitCode } from './exit-codes.js';
import { format } from './progress.js';
import type { ReasonCount } from './reasons.js';

/** What a run of `create` came to. */
export interface CreateSummary {
  readonly file: string;
  readonly from: string;
  readonly to: string;
  readonly target: string;
  readonly counts: Counts;
  readonly reasons: readonly ReasonCount[];
  readonly requests: number;
  readonly retries: number;
  /** Time spent waiting for the allowance, in milliseconds. */
  readonly waitedMs: number;
  /** Rows that name the pair of an earlier row. */
  readonly mergedRows: number;
  /** Rows whose outcome stood in the ledger. */
  readonly rowsOfEarlierRuns: number;
  readonly unmatchedErrors: number;
  readonly durationMs: number;
  readonly stopped: StoppedError | undefined;
  readonly rejects: string | undefined;
  readonly ledger: string | undefined;
  readonly exitCode: ExitCode;
}

const meanings = {
  created: 'associated',
  failed: 'refused by the API',
  invalid: 'refused before sending',
  unconfirmed: 'sent, neither confirmed nor refused',
  unsent: 'not sent',
} as const;

const kinds = ['created', 'failed', 'invalid', 'unconfirmed', 'unsent'] as const;

/** The summary for people. */
export function summaryText(summary: CreateSummary): string {
  const { counts, reasons } = summary;
  const width = format(counts.inputs).length;
  const column = (count: number): string => format(count).padStart(width);
  const lines = [
    '',
    `${summary.file}: ${summary.from} → ${summary.to}, ${summary.target}`,
    '',
    ...kinds.map((kind) => `  ${kind.padEnd(12)} ${column(counts[kind])}  ${meanings[kind]}`),
    `  ${'rows read'.padEnd(12)} ${column(counts.inputs)}  = ${kinds.map((kind) => format(counts[kind])).join(' + ')}`,
    `  ${'requests'.padEnd(12)} ${column(summary.requests)}  in ${seconds(summary.durationMs)}${detailsOf(summary)}`,
  ];
  if (summary.rowsOfEarlierRuns > 0) {
    lines.push(
      `  ${'of them'.padEnd(12)} ${column(summary.rowsOfEarlierRuns)}  rows known from ${String(summary.ledger)}`,
    );
  }
  if (summary.mergedRows > 0) {
    lines.push(
      `  ${'merged'.padEnd(12)} ${column(summary.mergedRows)}  rows with the row of the same pair before them`,
    );
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
  const rejected = reasons.reduce((sum, { count }) => sum + count, 0);
  if (summary.rejects !== undefined && rejected > 0) {
    lines.push('', `Every row that was read and not associated is in ${summary.rejects}.`);
  }
  if (summary.stopped !== undefined) lines.push('', `Stopped: ${summary.stopped.message}`);
  if (summary.stopped !== undefined && summary.ledger !== undefined) {
    lines.push(`What was done stands in ${summary.ledger}: the same command goes on from there.`);
  } else if (summary.stopped?.reason === 'aborted' || summary.stopped?.reason === 'source') {
    lines.push('Rows behind those that were read are not counted. Associating again changes nothing: begin anew.');
  }
  return `${lines.join('\n')}\n`;
}

/** The summary for programs: one JSON object. */
export function summaryJson({ counts, reasons, stopped, ...summary }: CreateSummary): string {
  const { inputs, ...ends } = counts;
  return `${JSON.stringify({
    ...summary,
    rows: inputs,
    ...ends,
    reasons,
    stopped:
      stopped === undefined
        ? null
        : { reason: stopped.reason, message: stopped.message, resumeAt: stopped.resumeAt?.toISOString() ?? null },
  })}\n`;
}

function seconds(ms: number): string {
  return `${(ms / 1_000).toFixed(1)} s`;
}

function detailsOf({ retries, waitedMs }: CreateSummary): string {
  const repeated = retries === 0 ? '' : `, ${format(retries)} sent again`;
  return waitedMs < 100 ? repeated : `${repeated}, ${seconds(waitedMs)} of it waiting for the allowance`;
}
