import { outcomeKinds, type OutcomeKind } from '../bulk/outcome.js';
import { InputError, type StoppedError } from '../client/errors.js';
import type { CreateArguments } from './create-options.js';
import { forecastLines } from './forecast-lines.js';
import { format } from './format.js';
import { print } from './print.js';
import type { RunSummary } from './run-summary.js';

export function printSummary(parsed: CreateArguments, summary: RunSummary): void {
  print(process.stdout, ...(parsed.json ? [summaryJson(parsed, summary)] : summaryText(parsed, summary)));
}

const meanings: Readonly<Record<OutcomeKind, string>> = {
  created: 'associated',
  failed: 'refused by the API',
  invalid: 'refused before sending',
  unconfirmed: 'sent, neither confirmed nor refused',
  unsent: 'not sent',
};

/** Formats the summary for people. */
function summaryText(given: CreateArguments, summary: RunSummary): string[] {
  const { file, from, to, ledger } = given;
  const { counts, forecast, encoding } = summary;
  const width = format(counts.inputs).length;
  const line = (name: string, count: number, meaning: string): string =>
    `  ${name.padEnd(12)} ${format(count).padStart(width)}  ${meaning}`;
  const lines = [
    '',
    `${file}: ${from} → ${to}, ${summary.target}`,
    ...(encoding === 'UTF-8' ? [] : [`Read as ${encoding}.`]),
    '',
    ...outcomeKinds.map((kind) => line(kind, counts[kind], meanings[kind])),
    line('rows', counts.inputs, `= ${outcomeKinds.map((kind) => format(counts[kind])).join(' + ')}`),
  ];
  if (forecast === undefined) {
    lines.push(line('requests', summary.requests, `in ${seconds(summary.durationMs)}${detailsOf(summary)}`));
  }
  if (summary.rowsOfEarlierRuns > 0) {
    lines.push(line('resumed', summary.rowsOfEarlierRuns, `rows already recorded in ${String(ledger)}`));
  }
  if (summary.mergedRows > 0) lines.push(line('merged', summary.mergedRows, 'rows with another row of the same pair'));
  if (forecast !== undefined) lines.push('', ...forecastLines(forecast, given));
  if (counts.inputs === 0 && summary.stopped === undefined) lines.push('', 'The file has no rows: there is nothing to associate.'); // prettier-ignore
  return [...lines, ...reasonLines(summary, width), ...endOf(summary, ledger)];
}

function reasonLines({ reasons, unmatchedErrors, forecast }: RunSummary, width: number): string[] {
  const lines: string[] = [];
  if (reasons.length > 0) lines.push('', forecast === undefined ? 'Not associated:' : 'Cannot be sent:');
  for (const { kind, reason, count, lines: rows } of reasons) {
    const [first, ...alike] = rows;
    const others = alike.length === 0 ? '' : `; alike: ${alike.join(', ')}${count > rows.length ? ', …' : ''}`;
    lines.push(`  ${format(count).padStart(width)} ${kind}: ${reason}`);
    lines.push(`  ${' '.repeat(width)} row ${String(first)}${others}`);
  }
  if (unmatchedErrors > 0) {
    lines.push('', `${format(unmatchedErrors)} refusals of the API name no row that was sent.`);
  }
  return lines;
}

/** Where to find rows that were not associated, and how to resume. */
function endOf({ reasons, rejects, results, stopped, unread }: RunSummary, ledger: string | undefined): string[] {
  const lines: string[] = [];
  if (rejects !== undefined && reasons.length > 0) {
    lines.push('', `Every row that was ${unread === 0 ? '' : 'read and '}not associated is in ${rejects}.`);
  }
  if (results !== undefined)
    lines.push('', `Every row${unread === 0 ? '' : ' that was read'} is in ${results}, with its outcome.`);
  if (stopped === undefined) return lines;
  lines.push('', `Stopped: ${stopped.message}`);
  if (unread === 'unknown') lines.push('Rows after those that were read are not counted.');
  else if (unread > 0)
    lines.push(`${format(unread)} of the unsent rows were not read again, and are missing from the lists.`);
  lines.push(advice(stopped, ledger));
  return lines;
}

function advice({ reason, cause }: StoppedError, ledger: string | undefined): string {
  // An unreadable file stays unreadable, so running the same command again does not help.
  if (reason === 'source' && cause instanceof InputError) {
    const another = ledger === undefined ? '' : ', with another --ledger';
    return `To resume, correct the file and run the command again${another}: associating a pair again changes nothing.`;
  }
  return ledger === undefined
    ? 'To resume, run the same command again: associating a pair again changes nothing.'
    : `Progress is recorded in ${ledger}: run the same command again to resume.`;
}

/** Formats the summary for programs, as one JSON object. */
function summaryJson({ file, from, to, ledger }: CreateArguments, all: RunSummary): string {
  const { counts, reasons, stopped, forecast, ...summary } = all;
  const { inputs, ...outcomes } = counts;
  return JSON.stringify({
    type: 'summary',
    ...{ file, from, to, ledger },
    ...summary,
    rows: inputs,
    ...outcomes,
    reasons,
    ...(forecast === undefined ? {} : { forecast }),
    stopped:
      stopped === undefined
        ? null
        : { reason: stopped.reason, message: stopped.message, resumeAt: stopped.resumeAt?.toISOString() ?? null },
  });
}

function seconds(ms: number): string {
  return `${(ms / 1_000).toFixed(1)} s`;
}

function detailsOf({ retries, waitedMs }: RunSummary): string {
  const repeated = retries === 0 ? '' : `, ${format(retries)} of them retries`;
  return waitedMs < 100 ? repeated : `${repeated}, ${seconds(waitedMs)} of it waiting for the allowance`;
}
