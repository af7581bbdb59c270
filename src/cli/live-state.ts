import type { OutcomeKind } from '../bulk/outcome.js';
import type { AnyAssociationsError } from '../client/errors.js';
import type { ClientEvent } from '../client/events.js';
import type { Allowance } from '../client/options.js';
import type { ScanProgress } from '../files/scan-file.js';

/** The progress of a run at one moment. */
export interface LiveState {
  readonly phase: 'reading' | 'sending' | 'ending';
  /** The number of rows that the scan has read, or that have their outcome. */
  readonly rows: number;
  /** The share of all rows, from 0 to 1, if their number is known. */
  readonly share: number | undefined;
  readonly total: number | undefined;
  readonly counts: Readonly<Record<OutcomeKind, number>>;
  readonly rowsPerSecond: number;
  readonly msLeft: number | undefined;
  readonly requestsUnderWay: number;
  /** The requests sent in the current window of the allowance, and its limit. */
  readonly allowance: { readonly used: number; readonly of: number; readonly perMs: number } | undefined;
  /** How much longer it waits, because the API asked for a pause or before a retry. */
  readonly waitingMs: number;
  /** How long the server has not answered, while requests are in progress. */
  readonly silentMs: number;
  /** The last failure of a request, if it is recent. */
  readonly problem: { readonly reason: string; readonly attempt: number; readonly maxAttempts: number } | undefined;
}

/** The facts known when a run begins to send. */
interface LiveBegin {
  /** The number of rows of the file, if known. */
  readonly total: number | undefined;
  /** Updated as rows get their outcomes. */
  readonly counts: Readonly<Record<OutcomeKind, number>>;
  readonly allowance: Allowance | false;
  readonly maxAttempts: number;
}

/** Tracks the progress of a run. */
export interface LiveRun {
  /** Updates the progress of the scan. */
  readonly scanned: (read: ScanProgress) => void;
  /** Notes that rows are sent from now on: the scan is over, or there is none. */
  readonly begin: (options: LiveBegin) => void;
  readonly event: (event: ClientEvent) => void;
  /** Notes an interrupt: requests in progress are finished. */
  readonly ending: () => void;
  /** @param now - The time in milliseconds. */
  readonly state: (now: number) => LiveState;
}

const noCounts: Readonly<Record<OutcomeKind, number>> = {
  created: 0,
  failed: 0,
  invalid: 0,
  unconfirmed: 0,
  unsent: 0,
};

/** The period of which the rate is computed, in milliseconds: longer than a window of the allowance. */
const rateWindowMs = 15_000;
/** An older failure is no longer shown. */
const problemMs = 15_000;

export function followRun(now: () => number): LiveRun {
  let phase: LiveState['phase'] = 'reading';
  let read = { rows: 0, bytes: 0, size: 0 };
  let total: number | undefined;
  let counts = noCounts;
  let limit: Allowance | false = false;
  let maxAttempts = 1;
  let inProgress = 0;
  /** Batches that were sent and have no outcome. */
  const batches = new Set<number>();
  let sentAt: number[] = [];
  let waitingUntil = -Infinity;
  let lastReplyAt = now();
  let problem: { readonly at: number; readonly reason: string; readonly attempt: number } | undefined;
  let samples: { readonly at: number; readonly rows: number }[] = [];

  const settled = (): number => Object.values(counts).reduce((sum, count) => sum + count, 0);
  const noteReply = (): void => {
    lastReplyAt = now();
  };
  const rateOf = (rows: number, at: number): number => {
    samples = [...samples.filter((sample) => at - sample.at <= rateWindowMs), { at, rows }];
    const [first] = samples;
    return first === undefined || at - first.at < 500 ? 0 : ((rows - first.rows) * 1_000) / (at - first.at);
  };
  return {
    scanned: (progress) => {
      read = progress;
    },
    begin: (options) => {
      ({ total, counts, maxAttempts } = options);
      limit = options.allowance;
      phase = 'sending';
      samples = [{ at: now(), rows: settled() }];
      noteReply();
    },
    event: (event) => {
      switch (event.type) {
        case 'request.sent':
          if (inProgress === 0) noteReply();
          inProgress += 1;
          if (limit !== false) sentAt.push(now());
          return;
        case 'request.retried':
          inProgress = Math.max(0, inProgress - 1);
          noteReply();
          waitingUntil = Math.max(waitingUntil, now() + event.waitMs);
          problem = { at: waitingUntil, reason: reasonOf(event.error), attempt: event.attempt + 1 };
          return;
        case 'batch.sent':
          batches.add(event.batch);
          return;
        case 'batch.finished':
          if (!batches.delete(event.batch)) return;
          inProgress = Math.min(batches.size, inProgress - 1);
          noteReply();
          return;
        case 'request.finished':
        case 'request.paced':
        case 'reply.deviated':
        case 'inputs.merged':
        case 'run.started':
        case 'run.finished':
        case 'run.stopped':
      }
    },
    ending: () => {
      phase = 'ending';
    },
    state: (at) => {
      const isReading = phase === 'reading';
      const rows = isReading ? read.rows : settled();
      const whole = isReading ? (read.size === 0 ? undefined : read.bytes / read.size) : shareOf(rows, total);
      const rowsPerSecond = rateOf(rows, at);
      if (limit !== false) {
        const { perMs } = limit;
        sentAt = sentAt.filter((time) => at - time < perMs);
      }
      const left = total === undefined || isReading ? undefined : total - rows;
      const isRecent = problem !== undefined && at - problem.at < problemMs;
      return {
        ...{ phase, rows, total, counts, rowsPerSecond, requestsUnderWay: inProgress, share: whole },
        msLeft: left === undefined || rowsPerSecond < 1 ? undefined : (left * 1_000) / rowsPerSecond,
        allowance: limit === false ? undefined : { used: sentAt.length, of: limit.requests, perMs: limit.perMs },
        waitingMs: Math.max(0, waitingUntil - at),
        silentMs: inProgress === 0 ? 0 : at - lastReplyAt,
        problem: isRecent && problem !== undefined ? { ...problem, maxAttempts } : undefined,
      };
    },
  };
}

function shareOf(rows: number, total: number | undefined): number | undefined {
  return total === undefined || total === 0 ? undefined : rows / total;
}

/** Names an error in a word or two. */
function reasonOf(error: AnyAssociationsError): string {
  switch (error.code) {
    case 'API':
      return String(error.status);
    case 'TIMEOUT':
      return 'no reply';
    case 'CONTRACT':
      return 'unreadable reply';
    case 'CONNECTION':
      return 'connection lost';
    case 'INPUT':
    case 'CONFIGURATION':
    case 'STOPPED':
      return error.code.toLowerCase();
  }
}
