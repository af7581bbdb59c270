import type { SentRequest } from './arrival.js';
import { createMinHeap } from './min-heap.js';
import { createQueue } from './queue.js';

/** A request that counts against an allowance. */
export interface CountedRequest extends SentRequest {
  /** Requests are numbered in the order of sending. */
  readonly number: number;
  /** The maximum number of this client's requests in the window when it was sent, this one included. */
  readonly inWindow: number;
  /** How many requests had left the window by then. */
  readonly expiredBefore: number;
  /** Whether it has left the window, or was never sent. */
  hasExpired: boolean;
}

/** The requests of this client that the server may still count. Every operation costs O(log n). */
export interface RequestsInWindow {
  readonly size: number;
  /** How many have left the window so far. */
  readonly expired: number;
  add(sentAt: number): CountedRequest;
  remove(request: CountedRequest): void;
  /** Removes the requests whose window has passed by this time. */
  advanceTo(now: number): void;
  /**
   * The earliest time at which more than this many requests may have left the window. Later than the last
   * `advanceTo`.
   */
  leftAt(others: number): number;
  /** Notes that the server has refused this request. Returns how many others it had accepted within the window. */
  refuse(request: CountedRequest): number;
  /** Judges the arrival of a request again, since more is known about it now. */
  judgeAgain(request: CountedRequest, now: number): void;
  /** Drops the request that would be the next to leave, if its arrival has been judged. */
  dropNext(): void;
  /** How many requests of the last window were sent after the first time, up to and including the second. */
  sentBetween(after: number, until: number): number;
  /** Notes that this request has been answered, and so has overtaken all that were sent before it. */
  overtake(request: CountedRequest): void;
}

/**
 * A request certainly counts for one window after it was sent. Its arrival is judged only after that.
 *
 * @param leavesAt - The latest time at which a request leaves the window, as judged now.
 */
export function createRequestsInWindow(
  windowMs: number,
  leavesAt: (request: CountedRequest, now: number) => number,
): RequestsInWindow {
  /** Requests that were sent less than a window ago, in the order of sending. */
  const young = createQueue<CountedRequest>();
  /** Requests that were sent earlier, by the time at which they leave. One that was judged again is in it twice. */
  const old = createMinHeap<CountedRequest>();
  let size = 0;
  let nextNumber = 0;
  let expired = 0;
  let refused = 0;
  /** All requests with a lower number have been overtaken. */
  let overtakenUpTo = 0;

  const firstYoung = (): number => nextNumber - young.length;
  const remove = (request: CountedRequest): void => {
    if (request.hasExpired) return;
    request.hasExpired = true;
    size -= 1;
    if (request.status === 429) refused -= 1;
  };
  const addToOld = (request: CountedRequest, now: number): void => {
    if (!request.hasExpired) old.add(leavesAt(request, now), request);
  };
  const dropNext = (): void => {
    const request = old.take();
    if (request === undefined || request.hasExpired) return;
    remove(request);
    expired += 1;
  };
  /** How many of the young requests were sent at this time or before. */
  const youngUntil = (time: number): number => {
    let low = 0;
    let high = young.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((young.at(middle)?.sentAt ?? Infinity) <= time) low = middle + 1;
      else high = middle;
    }
    return low;
  };

  return {
    get size() {
      return size;
    },
    get expired() {
      return expired;
    },
    add: (sentAt) => {
      size += 1;
      const request = {
        number: nextNumber,
        inWindow: size,
        expiredBefore: expired,
        hasExpired: false,
        sentAt,
        leftProcessBy: undefined,
        delayMs: Infinity,
        endedAt: undefined,
        status: undefined,
        overtakenBy: undefined,
      };
      nextNumber += 1;
      young.push(request);
      return request;
    },
    remove,
    advanceTo: (now) => {
      for (let first = young.at(0); first !== undefined && first.sentAt + windowMs <= now; first = young.at(0)) {
        young.shift();
        addToOld(first, now);
      }
      while (old.leastKey <= now) dropNext();
    },
    leftAt: (others) => {
      if (others < old.size) return old.leastKey;
      return (young.at(others - old.size)?.sentAt ?? Infinity) + windowMs;
    },
    refuse: (request) => {
      const accepted = request.inWindow - 1 - refused;
      if (!request.hasExpired) refused += 1;
      return accepted;
    },
    judgeAgain: (request, now) => {
      if (request.number < firstYoung()) addToOld(request, now);
    },
    dropNext,
    sentBetween: (after, until) => Math.max(0, youngUntil(until) - youngUntil(after)),
    overtake: (request) => {
      const first = firstYoung();
      for (let number = Math.max(overtakenUpTo, first); number < request.number; number += 1) {
        const overtaken = young.at(number - first);
        if (overtaken !== undefined) overtaken.overtakenBy = request;
      }
      overtakenUpTo = Math.max(overtakenUpTo, request.number);
    },
  };
}
