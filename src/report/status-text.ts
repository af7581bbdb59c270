import { outcomeKinds } from '../bulk/outcome.js';
import { count, counted, duration, moment, share } from './figures.js';
import type { RunReport } from './model.js';

/** Formats a report in ten lines. */
export function statusText(report: RunReport): string[] {
  const { file, from, to, target, outcomes, rows } = report;
  const width = count(rows ?? Math.max(...Object.values(outcomes))).length;
  const line = (name: string, value: string, more: string): string =>
    `  ${name.padEnd(12)} ${value.padStart(width)}  ${more}`.trimEnd();
  return [
    `${file ?? 'A file'}: ${from} → ${to}, ${target}`,
    stateText(report),
    ...outcomeKinds.map((kind) => line(kind, count(outcomes[kind]), rows === null ? '' : share(outcomes[kind], rows))),
    line('rows', rows === null ? '?' : count(rows), `= ${sumText(report)}`),
    line('requests', count(report.requests), effortText(report)),
    report.resume.command === null ? report.resume.advice : `To resume: ${report.resume.command}`,
  ];
}

/** Whether the run has ended, and how. */
export function stateText({ state, stopped, lastAt, workedMs, runs }: RunReport): string {
  const work = `${duration(workedMs)} of work${runs.length === 1 ? '' : ` in ${counted(runs.length, 'run')}`}`;
  switch (state) {
    case 'finished':
      return `Finished at ${moment(lastAt)}, after ${work}.`;
    case 'stopped':
      return `Stopped at ${moment(lastAt)}, after ${work}: ${stopped ?? ''}`;
    case 'open':
      return `No end is recorded: in progress, or killed. The last record is of ${moment(lastAt)}, after ${work}.`;
  }
}

/** How the outcomes add up to the rows. */
export function sumText({ outcomes, pending, rows }: RunReport): string {
  const sum = outcomeKinds.map((kind) => count(outcomes[kind])).join(' + ');
  if (rows === null) return `${sum} + what is not recorded yet`;
  return pending === 0 || pending === null ? sum : `${sum} + ${count(pending)} not recorded yet`;
}

function effortText({ retries, waitedMs, rowsPerSecond, allowance, peakRequests }: RunReport): string {
  const causes = retries.after.map(({ cause, count: times }) => `${cause}: ${count(times)}`).join(', ');
  return [
    `${count(rowsPerSecond)} rows/s`,
    ...(allowance === null
      ? []
      : [`at most ${count(peakRequests)} of ${count(allowance.requests)} in ${duration(allowance.perMs)}`]),
    ...(retries.count === 0 ? [] : [`${counted(retries.count, 'retry')} (${causes})`]),
    ...(waitedMs < 100 ? [] : [`${duration(waitedMs)} waiting`]),
  ].join(', ');
}
