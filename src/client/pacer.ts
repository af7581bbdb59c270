import type { Clock } from './clock.js';
import { onAbort } from './on-abort.js';
import type { Allowance } from './options.js';
import { createRollingWindow, type RollingWindow, type ServerCount } from './rolling-window.js';

/** Leave to send one request. */
export interface Turn {
  /** How long it was waited for, in milliseconds. */
  readonly waitedMs: number;
  /** The request was not sent after all. */
  withdraw(): void;
  /** The request has ended, with this status or without a reply. The first call counts. */
  end(status?: number, count?: ServerCount): void;
}

/** Says when the requests of a client may be sent: one after the other, in the order of asking. */
export interface Pacer {
  /** Settles when one request may be sent. Rejects at once when a signal aborts. */
  turn(...signals: readonly (AbortSignal | undefined)[]): Promise<Turn>;
  /** No request is to be sent for so many milliseconds. */
  hold(ms: number): void;
}

/** Without an allowance, a client that has to slow down keeps this distance, times the slowdown. */
const unpacedDistanceMs = 5;

/** For a client without an allowance nothing is ever used up. */
const endless: RollingWindow = {
  nextAt: () => -Infinity,
  send: (now) => ({ sentAt: now, endedAt: undefined, kind: undefined }),
  withdraw: () => undefined,
  end: () => undefined,
  refused: () => undefined,
};

/** The first reply tells what others spend. It is waited for before more is sent, for so long a part of the window. */
const firstReplyShare = 0.005;

/**
 * @param slowdown - How many times slower than the allowance to send, one by one; 0 for not at all.
 */
export function createPacer(allowance: Allowance | false, clock: Clock, slowdown: () => number): Pacer {
  const window = allowance === false ? endless : createRollingWindow(allowance);
  const distanceMs = allowance === false ? unpacedDistanceMs : allowance.perMs / allowance.requests;
  const waiting = new Set<(now: number) => void>();
  let heldUntil = -Infinity;
  let lastSent = -Infinity;
  let firstReplyBy: number | undefined;
  const firstReplyMs = allowance === false ? 0 : firstReplyShare * allowance.perMs;
  let cancelTimer: (() => void) | undefined;

  const next = (): void => {
    cancelTimer?.();
    cancelTimer = undefined;
    for (const grant of waiting) {
      const now = clock.now();
      const at = Math.max(window.nextAt(now), heldUntil, lastSent + slowdown() * distanceMs, firstReplyBy ?? -Infinity);
      if (at > now) {
        cancelTimer = clock.after(Math.ceil(at - now), next);
        return;
      }
      waiting.delete(grant);
      lastSent = now;
      firstReplyBy ??= now + firstReplyMs;
      grant(now);
      if (allowance !== false) {
        // Let this one go out before the next: what is sent at once arrives in any order, and late.
        cancelTimer = clock.after(0, next);
        return;
      }
    }
  };

  return {
    turn: (...signals) =>
      new Promise((resolve, reject) => {
        const askedAt = clock.now();
        const grant = (now: number): void => {
          stopListening();
          const request = window.send(now);
          let ended = false;
          resolve({
            waitedMs: now - askedAt,
            withdraw: () => {
              window.withdraw(request);
              next();
            },
            end: (status, count) => {
              if (ended) return;
              ended = true;
              const endedAt = clock.now();
              window.end(request, endedAt, status === undefined ? undefined : String(status), count);
              if (status === 429) window.refused(endedAt);
              firstReplyBy = -Infinity;
              next();
            },
          });
        };
        waiting.add(grant);
        const stopListening = onAbort(signals, () => {
          waiting.delete(grant);
          reject(new Error('aborted'));
        });
        if (waiting.size === 1) next();
      }),
    hold: (ms) => {
      heldUntil = Math.max(heldUntil, clock.now() + ms);
    },
  };
}
