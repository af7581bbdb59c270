import type { AnyAssociationsError } from '../client/errors.js';
import type { CallEvent } from '../client/events.js';
import { leavesOpen } from './judge-failure.js';

/** Follows the attempts of one call. */
export interface CallAttempts {
  readonly onEvent: (event: CallEvent) => void;
  /** Whether the call may have been carried out, although it failed like this in the end. */
  mayBeDone(error: AnyAssociationsError): boolean;
}

/** Counts the attempts of a run's calls. */
export interface AttemptCounts {
  readonly requests: number;
  readonly retries: number;
  /** Milliseconds during which at least one request waited for the allowance. */
  readonly waitedMs: number;
  follow(): CallAttempts;
}

/** @param now - The time in milliseconds. */
export function createAttemptCounts(now: () => number = () => performance.now()): AttemptCounts {
  let requests = 0;
  let retries = 0;
  let waitedMs = 0;
  let waitedUntil = -Infinity;
  return {
    get requests() {
      return requests;
    },
    get retries() {
      return retries;
    },
    get waitedMs() {
      return Math.round(waitedMs);
    },
    follow: () => {
      let underWay = false;
      let open = false;
      const onEvent = (event: CallEvent): void => {
        switch (event.type) {
          case 'request':
            requests += 1;
            underWay = true;
            return;
          case 'retry':
            retries += 1;
            underWay = false;
            open ||= leavesOpen(event.error);
            return;
          case 'paced': {
            // Turns are given in the order of asking, so the waits end in the order in which they began.
            const end = now();
            waitedMs += end - Math.max(end - event.waitedMs, waitedUntil);
            waitedUntil = end;
            return;
          }
          case 'deviation':
        }
      };
      const mayBeDone = (error: AnyAssociationsError): boolean =>
        open || leavesOpen(error) || (error.code === 'STOPPED' && underWay);
      return { onEvent, mayBeDone };
    },
  };
}
