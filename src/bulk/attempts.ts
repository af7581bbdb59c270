import type { AnyAssociationsError } from '../client/errors.js';
import type { CallEvent } from '../client/events.js';
import { mayHaveSucceeded } from '../client/status-table.js';

/** Follows the attempts of one call. */
export interface CallAttempts {
  readonly onEvent: (event: CallEvent) => void;
  /** Requests sent for the call. */
  readonly requests: number;
  /** HubSpot's ids of attempts that were refused and retried. */
  readonly correlationIds: readonly string[];
  /** Whether the call may have succeeded although its last attempt failed with this error. */
  mayHaveSucceeded(error: AnyAssociationsError): boolean;
}

/** Counts the attempts of a run's calls. */
export interface AttemptCounts {
  readonly requests: number;
  readonly retries: number;
  /** Milliseconds during which at least one request waited for the allowance. */
  readonly waitedMs: number;
  /** @param onTurn - Called when the first request of the call is being sent. */
  follow(onTurn: () => void): CallAttempts;
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
    follow: (onTurn) => {
      let sent = 0;
      let inProgress = false;
      let earlierMayHaveSucceeded = false;
      const correlationIds: string[] = [];
      const onEvent = (event: CallEvent): void => {
        switch (event.type) {
          case 'request.sent':
            requests += 1;
            sent += 1;
            inProgress = true;
            onTurn();
            return;
          case 'request.finished':
            return;
          case 'request.retried':
            retries += 1;
            inProgress = false;
            earlierMayHaveSucceeded ||= mayHaveSucceeded(event.error);
            correlationIds.push(...correlationIdOf(event.error));
            return;
          case 'request.paced': {
            // Turns are granted in the order of asking, so waits end in the order in which they began.
            const end = now();
            waitedMs += end - Math.max(end - event.waitedMs, waitedUntil);
            waitedUntil = end;
            return;
          }
          case 'reply.deviated':
        }
      };
      return {
        onEvent,
        correlationIds,
        mayHaveSucceeded: (error) =>
          earlierMayHaveSucceeded || mayHaveSucceeded(error) || (error.code === 'STOPPED' && inProgress),
        get requests() {
          return sent;
        },
      };
    },
  };
}

/** The correlation id of a refused request, if the API sent one. */
export function correlationIdOf(error: AnyAssociationsError): string[] {
  return error.code === 'API' && error.correlationId !== undefined ? [error.correlationId] : [];
}
