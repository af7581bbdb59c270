import { abortable } from './abort.js';
import type { Clock } from './clock.js';
import type { Allowance } from './options.js';
import type { CountedRequest } from './requests-in-window.js';
import { createRollingWindow, type RollingWindow, type ServerCount } from './rolling-window.js';

/** Permission to send one request. */
export interface Turn {
  /** How long the request waited for its turn, in milliseconds. */
  readonly waitedMs: number;
  /** Gives the turn back: the request was not sent. */
  withdraw(): void;
  /** Notes that the request has ended, with this status or without a reply. Only the first call counts. */
  end(status?: number, count?: ServerCount): void;
}

/** Decides when the requests of a client may be sent, in the order of asking. */
export interface Pacer {
  /** Settles when one request may be sent. Rejects as soon as a signal aborts. */
  turn(...signals: readonly (AbortSignal | undefined)[]): Promise<Turn>;
  /** Holds back all requests for this many milliseconds. */
  hold(ms: number): void;
  /**
   * Settles when no request may be sent right now. Less urgent work waits for this, so that bursts are sent
   * early.
   */
  readonly idle: () => Promise<void>;
  /** Announces that a request is being prepared and will soon ask for its turn. Until then, the pacer is not idle. */
  readonly expectRequest: () => void;
}

export interface PacerOptions {
  readonly allowance: Allowance | false;
  /** How long ago earlier requests against the same allowance were sent, in milliseconds. */
  readonly earlierMs?: readonly number[];
  /** How many times slower than the allowance to send, one by one; 0 for no slowdown. */
  readonly slowdown: () => number;
}

/** A client without an allowance that has to slow down keeps this distance, times the slowdown. */
const unpacedDistanceMs = 5;

/**
 * Requests leave the process only when its event loop turns. So the loop gets a turn after this many
 * requests; otherwise a whole burst of full batches would arrive late, and all at the same time.
 */
const requestsPerLoopTurn = 2;

/** The usual duration of a turn of the event loop. Anything beyond it counts as lag. */
const usualTurnMs = 1;

/**
 * How long to wait for a request that is being prepared. No longer, because its source may itself be
 * waiting for replies.
 */
const preparationMs = 20;

export function createPacer({ allowance, earlierMs = [], slowdown }: PacerOptions, clock: Clock): Pacer {
  const window = allowance === false ? undefined : windowOf(allowance, earlierMs, clock.now());
  const distanceMs = allowance === false ? unpacedDistanceMs : allowance.perMs / allowance.requests;
  const waiting = new Set<(now: number) => void>();
  let leavingProcess: CountedRequest[] = [];
  let heldUntil = -Infinity;
  let lastSent = -Infinity;
  let cancelTimer: (() => void) | undefined;
  let idleWaiters: (() => void)[] = [];
  let cancelIdleCheck = (): void => undefined;
  let preparedBy = -Infinity;

  const isIdle = (now: number): boolean =>
    (nextAt(now) ?? -Infinity) > now || (waiting.size === 0 && now >= preparedBy);
  const settleIdle = (): void => {
    if (idleWaiters.length === 0) return;
    const now = clock.now();
    if (!isIdle(now)) {
      cancelIdleCheck();
      if (waiting.size === 0) cancelIdleCheck = clock.after(Math.ceil(preparedBy - now), settleIdle);
      return;
    }
    const waiters = idleWaiters;
    idleWaiters = [];
    for (const go of waiters) go();
  };
  /** The earliest time for the next request; `undefined` while others have to leave the process first. */
  const nextAt = (now: number): number | undefined => {
    if (leavingProcess.length >= requestsPerLoopTurn) return undefined;
    const slowed = slowdown() * distanceMs;
    return Math.max(window?.nextAt(now) ?? -Infinity, heldUntil, slowed > 0 ? lastSent + slowed : -Infinity);
  };
  const send = (now: number): CountedRequest | undefined => {
    lastSent = now;
    const request = window?.send(now);
    if (request === undefined) return undefined;
    if (leavingProcess.length === 0) clock.nextTurn(loopTurned(now));
    leavingProcess.push(request);
    return request;
  };
  const loopTurned = (since: number) => (): void => {
    const now = clock.now();
    for (const request of leavingProcess) window?.leftProcess(request, now, Math.max(0, now - since - usualTurnMs));
    leavingProcess = [];
    next();
    // A worker that has just sent a request may be about to ask for its next turn.
    if (idleWaiters.length > 0) clock.nextTurn(settleIdle);
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
        // A request that was due a moment ago may now have to wait.
        if (leavingProcess.length === 0) settleIdle();
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
          settleIdle();
        };
      }),
    idle: () =>
      // Without an allowance a request may be sent at any time.
      allowance === false || (leavingProcess.length === 0 && isIdle(clock.now()))
        ? Promise.resolve()
        : new Promise((resolve) => {
            idleWaiters.push(resolve);
            if (idleWaiters.length === 1) settleIdle();
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
