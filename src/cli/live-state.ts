import type { OutcomeKind } from '../bulk/outcome.js';
import type { AnyAssociationsError } from '../client/errors.js';
import type { ClientEvent } from '../client/events.js';
import type { Allowance } from '../client/options.js';
import type { ScanProgress } from '../files/scan-file.js';

/** How far a run is, at one moment. */
export interface LiveState {
  readonly phase: 'reading' | 'sending' | 'ending';
  /** Rows that the scan has read, or that have their outcome. */
  readonly rows: number;
  /** What that is of the whole, from 0 to 1, where the whole is known. */
  readonly share: number | undefined;
  readonly total: number | undefined;
  readonly counts: Readonly<Record<OutcomeKind, number>>;
  readonly rowsPerSecond: number;
  readonly msLeft: number | undefined;
  readonly requestsUnderWay: number;
  /** Requests of the last window of the allowance, and those that it has. */
  readonly allowance: { readonly used: number; readonly of: number; readonly perMs: number } | undefined;
  /** How long it waits yet because the API has asked for it, or before it retries. */
  readonly waitingMs: number;
  /** How long nobody has answered, while requests are under way. */
  readonly silentMs: number;
  /** The last failure of a request, for as long as it matters. */
  readonly problem: { readonly reason: string; readonly attempt: number; readonly maxAttempts: number } | undefined;
}

/** What a run is about to do. */
interface LiveBegin {
  /** Rows of the file, where that is known. */
  readonly total: number | undefined;
  /** Grows as rows get their outcomes. */
  readonly counts: Readonly<Record<OutcomeKind, number>>;
  readonly allowance: Allowance | false;
  readonly maxAttempts: number;
}

/** Follows a run. */
export interface LiveRun {
  /** The scan has read so much of the file. */
  readonly scanned: (read: ScanProgress) => void;
  /** The scan is over, or there is none: rows are sent from here on. */
  readonly begin: (options: LiveBegin) => void;
  readonly event: (event: ClientEvent) => void;
  /** An interrupt: what is under way finishes. */
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

/** The rate is that of so long, in milliseconds: long enough for a window of the allowance. */
const rateWindowMs = 15_000;
/** A failure that is older is over. */
const problemMs = 15_000;

export function followRun(now: () => number): LiveRun {
  let phase: LiveState['phase'] = 'reading';
  let read = { rows: 0, bytes: 0, size: 0 };
  let total: number | undefined;
  let counts = noCounts;
  let limit: Allowance | false = false;
  let maxAttempts = 1;
  let underWay = 0;
  /** Batches that have been sent, and have no outcome. A request of theirs may fail without an event. */
  const batches = new Set<number>();
  let sentAt: number[] = [];
  let waitingUntil = -Infinity;
  let heardAt = now();
  let problem: { readonly at: number; readonly reason: string; readonly attempt: number } | undefined;
  let samples: { readonly at: number; readonly rows: number }[] = [];

  const settled = (): number => Object.values(counts).reduce((sum, count) => sum + count, 0);
  const heard = (): void => {
    heardAt = now();
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
      heard();
    },
    event: (event) => {
      switch (event.type) {
        case 'request.sent':
          if (underWay === 0) heard();
          underWay += 1;
          if (limit !== false) sentAt.push(now());
          return;
        case 'request.retried':
          underWay = Math.max(0, underWay - 1);
          heard();
          waitingUntil = Math.max(waitingUntil, now() + event.waitMs);
          problem = { at: waitingUntil, reason: reasonOf(event.error), attempt: event.attempt + 1 };
          return;
        case 'batch.sent':
          batches.add(event.batch);
          return;
        case 'batch.finished':
          if (!batches.delete(event.batch)) return;
          underWay = Math.min(batches.size, underWay - 1);
          heard();
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
        ...{ phase, rows, total, counts, rowsPerSecond, requestsUnderWay: underWay, share: whole },
        msLeft: left === undefined || rowsPerSecond < 1 ? undefined : (left * 1_000) / rowsPerSecond,
        allowance: limit === false ? undefined : { used: sentAt.length, of: limit.requests, perMs: limit.perMs },
        waitingMs: Math.max(0, waitingUntil - at),
        silentMs: underWay === 0 ? 0 : at - heardAt,
        problem: isRecent && problem !== undefined ? { ...problem, maxAttempts } : undefined,
      };
    },
  };
}

function shareOf(rows: number, total: number | undefined): number | undefined {
  return total === undefined || total === 0 ? undefined : rows / total;
}

/** In a word or two. */
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
