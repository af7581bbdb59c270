import { format, formatTime } from './format.js';
import type { LiveState } from './live-state.js';

/** A part of the line. If there is little room, the least important parts are dropped first. */
interface Part {
  readonly text: string;
  readonly importance: number;
  readonly isProblem?: boolean;
}

/**
 * Shows the progress of a run in one line.
 *
 * @param width - The maximum length of the line, in characters.
 * @param emphasize - Marks a problem with characters that have no width.
 */
export function liveLine(
  state: LiveState,
  width: number,
  emphasize: (text: string) => string = (text) => text,
): string {
  let parts = partsOf(state).filter(({ text }) => text !== '');
  const lengthOf = (): number =>
    parts.reduce((sum, { text }) => sum + text.length, separator.length * (parts.length - 1));
  while (lengthOf() > width && parts.length > 1) {
    const least = Math.min(...parts.map(({ importance }) => importance));
    parts = parts.filter(({ importance }) => importance > least);
  }
  return parts
    .map(({ text, isProblem }) => (isProblem === true ? emphasize(text.slice(0, width)) : text.slice(0, width)))
    .join(separator);
}

const separator = ', ';

function partsOf(state: LiveState): Part[] {
  const { phase, rows, rowsPerSecond, msLeft, requestsUnderWay: inProgress, allowance, counts } = state;
  const perSecond = rowsPerSecond >= 1 ? `${format(Math.round(rowsPerSecond))} rows/s` : '';
  if (phase === 'reading') {
    return [
      { text: `reading ${format(rows)} rows…`, importance: 9 },
      { text: percent(state.share), importance: 8 },
      { text: perSecond, importance: 4 },
    ];
  }
  const waiting = waitingText(state);
  const used = allowance === undefined ? '' : `${format(allowance.used)}/${format(allowance.of)} requests in ${formatTime(allowance.perMs)}`; // prettier-ignore
  return [
    { text: phase === 'ending' ? `finishing ${format(inProgress)} requests` : '', importance: 10 },
    { text: countText(state), importance: 9 },
    { text: percent(state.share), importance: 6 },
    { text: waiting, importance: 8, isProblem: true },
    { text: perSecond, importance: 5 },
    { text: msLeft === undefined ? '' : `${formatTime(msLeft)} left`, importance: 5.5 },
    { text: counted(counts.failed + counts.invalid, 'failed'), importance: 7, isProblem: true },
    { text: counted(counts.unconfirmed, 'unconfirmed'), importance: 6.5, isProblem: true },
    { text: used, importance: 3 },
    { text: counted(counts.created, 'created'), importance: 2 },
  ];
}

function countText({ rows, total }: LiveState): string {
  return total === undefined ? `${format(rows)} rows` : `${format(rows)} of ${format(total)}`;
}

function percent(share: number | undefined): string {
  return share === undefined ? '' : `${String(Math.floor(share * 100))} %`;
}

function counted(count: number, kind: string): string {
  return count === 0 ? '' : `${format(count)} ${kind}`;
}

/** A longer wait for a reply is shown, in milliseconds. */
const silenceMs = 2_000;

/** What the run is waiting for, if anything. */
function waitingText({ waitingMs, silentMs, problem, requestsUnderWay, allowance }: LiveState): string {
  const reason = problem === undefined ? '' : ` (${problem.reason})`;
  const retry = problem === undefined ? '' : `, retry ${String(problem.attempt)} of ${String(problem.maxAttempts)}`;
  if (waitingMs >= 500) return `waiting ${formatTime(waitingMs)}${reason}${retry}`;
  if (silentMs >= silenceMs) return `no reply for ${formatTime(silentMs)}${retry}${reason}`;
  if (problem !== undefined) return `retry ${String(problem.attempt)} of ${String(problem.maxAttempts)}${reason}`;
  const isFull = allowance !== undefined && allowance.used >= allowance.of && requestsUnderWay === 0;
  return isFull ? 'waiting for the allowance' : '';
}
