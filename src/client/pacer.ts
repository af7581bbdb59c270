import { abortable } from './abort.js';
import type { Clock } from './clock.js';
import type { Allowance } from './options.js';
import type { CountedRequest } from './requests-in-window.js';
import { createRollingWindow, type RollingWindow, type ServerCount } from './rolling-window.js';

/** Permission to send one request. */
export interface Turn {
  /** How long it was waited for, in milliseconds. */
  readonly waitedMs: number;
  /** The request was not sent after all. */
  withdraw(): void;
  /** The request has ended, with this status or without a reply. The first call counts. */
  end(status?: number, count?: ServerCount): void;
}

/** Decides when the requests of a client may be sent: one after the other, in the order of asking. */
export interface Pacer {
  /** Settles when one request may be sent. Rejects at once when a signal aborts. */
  turn(...signals: readonly (AbortSignal | undefined)[]): Promise<Turn>;
  /** No request is to be sent for so many milliseconds. */
  hold(ms: number): void;
  /** Settles when no request may be sent right now. What can wait has to, so that a burst goes out early. */
  readonly idle: () => Promise<void>;
  /** A request is being prepared, and will soon ask for its turn: until then, the pacer is not idle. */
  readonly expectRequest: () => void;
}

/** What a pacer goes by. */
export interface PacerOptions {
  readonly allowance: Allowance | false;
  /** How long ago requests of the same allowance were sent before, in milliseconds. */
  readonly earlierMs?: readonly number[];
  /** How many times slower than the allowance to send, one by one; 0 for not at all. */
  readonly slowdown: () => number;
}

/** Without an allowance, a client that has to slow down keeps this distance, times the slowdown. */
const unpacedDistanceMs = 5;

/**
 * Requests that are sent without a pause leave the process only when its event loop turns. So many
 * are sent together, and then the loop has its turn: otherwise a burst of full batches would arrive
 * late and at once.
 */
const requestsPerLoopTurn = 2;

/** How long a turn of the event loop usually takes. The rest of a longer one is its lag. */
const usualTurnMs = 1;

/** A request that takes longer to prepare is not waited for: its source may itself wait for replies. */
const preparationMs = 20;

export function createPacer({ allowance, earlierMs = [], slowdown }: PacerOptions, clock: Clock): Pacer {
  const window = allowance === false ? undefined : windowOf(allowance, earlierMs, clock.now());
  const distanceMs = allowance === false ? unpacedDistanceMs : allowance.perMs / allowance.requests;
  const waiting = new Set<(now: number) => void>();
  let leaving: CountedRequest[] = [];
  let heldUntil = -Infinity;
  let lastSent = -Infinity;
  let cancelTimer: (() => void) | undefined;
  let idling: (() => void)[] = [];
  let cancelLook = (): void => undefined;
  let preparedBy = -Infinity;

  const isIdle = (now: number): boolean =>
    (nextAt(now) ?? -Infinity) > now || (waiting.size === 0 && now >= preparedBy);
  const endIdling = (): void => {
    if (idling.length === 0) return;
    const now = clock.now();
    if (!isIdle(now)) {
      cancelLook();
      if (waiting.size === 0) cancelLook = clock.after(Math.ceil(preparedBy - now), endIdling);
      return;
    }
    const waitingForIt = idling;
    idling = [];
    for (const go of waitingForIt) go();
  };
  /** The earliest time for the next request; nothing while others have to leave first. */
  const nextAt = (now: number): number | undefined => {
    if (leaving.length >= requestsPerLoopTurn) return undefined;
    const slowed = slowdown() * distanceMs;
    return Math.max(window?.nextAt(now) ?? -Infinity, heldUntil, slowed > 0 ? lastSent + slowed : -Infinity);
  };
  const send = (now: number): CountedRequest | undefined => {
    lastSent = now;
    const request = window?.send(now);
    if (request === undefined) return undefined;
    if (leaving.length === 0) clock.nextTurn(loopTurned(now));
    leaving.push(request);
    return request;
  };
  const loopTurned = (since: number) => (): void => {
    const now = clock.now();
    for (const request of leaving) window?.left(request, now, Math.max(0, now - since - usualTurnMs));
    leaving = [];
    next();
    // A worker that had its turn may be about to ask for the next one.
    if (idling.length > 0) clock.nextTurn(endIdling);
  };
  const next = (): void => {
    cancelTimer?.();
    cancelTimer = undefined;
    for (const grant of waiting) {
      const now = clock.now();
      const at = nextAt(now);
      if (at === undefined) return;
      if (at > now) {
        cancelTimer = clock.after(Math.ceil(at - now), next);
        // A request that was due a moment ago may have to wait after all.
        if (leaving.length === 0) endIdling();
        return;
      }
      waiting.delete(grant);
      grant(now);
    }
  };
  const turnOf = (request: CountedRequest | undefined, waitedMs: number): Turn => {
    let ended = false;
    return {
      waitedMs,
      withdraw: () => {
        if (request !== undefined) window?.withdraw(request);
        next();
      },
      end: (status, count) => {
        if (ended) return;
        ended = true;
        if (request !== undefined) window?.end(request, clock.now(), status, count);
        next();
      },
    };
  };

  return {
    turn: (...signals) =>
      abortable(signals, (resolve) => {
        const askedAt = clock.now();
        const grant = (now: number): void => {
          resolve(turnOf(send(now), now - askedAt));
        };
        waiting.add(grant);
        if (waiting.size === 1) next();
        return () => {
          waiting.delete(grant);
          // A timer without a waiting request would keep the process alive.
          if (waiting.size === 0) cancelTimer?.();
          endIdling();
        };
      }),
    idle: () =>
      // Without an allowance a request may be sent at any time.
      allowance === false || (leaving.length === 0 && isIdle(clock.now()))
        ? Promise.resolve()
        : new Promise((resolve) => {
            idling.push(resolve);
            if (idling.length === 1) endIdling();
          }),
    expectRequest: () => {
      preparedBy = clock.now() + preparationMs;
    },
    hold: (ms) => {
      heldUntil = Math.max(heldUntil, clock.now() + ms);
    },
  };
}

function windowOf(allowance: Allowance, earlierMs: readonly number[], now: number): RollingWindow {
  return createRollingWindow(
    allowance,
    earlierMs.map((ms) => now - ms),
    now,
  );
}
