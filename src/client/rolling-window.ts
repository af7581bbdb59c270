import { latestArrival } from './arrival.js';
import { createLearnedLimit } from './learned-limit.js';
import type { Allowance } from './options.js';
import { createRequestsInWindow, type CountedRequest } from './requests-in-window.js';
import { createShortestReply } from './shortest-reply.js';

/** The server's own count for its window, as it reports it. */
export interface ServerCount {
  /** The server's own limit. */
  readonly limit: number;
  /** How many more requests it accepts in the current window. */
  readonly remaining: number;
}

/** Counts requests as the server counts them, on arrival. Times are in milliseconds. */
export interface RollingWindow {
  /** The earliest time at which one more request may be sent, as far as is known; in the past if now. */
  nextAt(now: number): number;
  send(now: number): CountedRequest;
  /** Notes that the event loop has turned since the request was sent, and how late it was. */
  leftProcess(request: CountedRequest, now: number, lateMs: number): void;
  /** Notes that the request was not sent. */
  withdraw(request: CountedRequest): void;
  /** Notes that the request has ended, without a status if there was no reply. */
  end(request: CountedRequest, now: number, status: number | undefined, count?: ServerCount): void;
}

/**
 * The margin for clocks that differ in speed and are read in whole milliseconds: a fixed part, and a share
 * of the window.
 */
const clockMs = 2;
const clockShare = 0.0001;

/**
 * How much longer than others a request may travel: a share of the window, plus a multiple of the event
 * loop's recent lag, since whatever delays this process probably delays the network too.
 */
const delayShare = 0.003;
const delayOfLag = 6;

/** The weight of the latest lag in the moving average. */
const lagWeight = 0.1;

/** Requests of an earlier client are assumed to have arrived within this share of a window. */
const earlierDelayShare = 0.1;

/**
 * A request counts for one window from its latest possible arrival. It certainly counts for one window
 * after it was sent. Its arrival is judged only after that, when its reply has nearly always come. So a
 * request that keeps the server busy costs almost nothing of the allowance, while one that was delayed on
 * its way is not assumed to have arrived early.
 *
 * Whatever the order of arrival, the server never sees more than the allowance in a window: fewer earlier
 * requests than the allowance can have arrived within one window of the next request.
 *
 * @param earlier - When earlier requests against the same allowance were sent.
 */
export function createRollingWindow(
  allowance: Allowance,
  earlier: readonly number[],
  createdAt: number,
): RollingWindow {
  const { requests: most, perMs } = allowance;
  const margin = clockMs + clockShare * perMs;
  const shortest = createShortestReply(perMs);
  const limit = createLearnedLimit(most, perMs);
  const arrivalOf = (request: CountedRequest, now: number): number =>
    latestArrival(request, { shortestReplyMs: shortest.of, windowMs: perMs, guess: limit.guess(now) });
  const requests = createRequestsInWindow(perMs, (request, now) => arrivalOf(request, now) + perMs + margin);
  let lagMs = 0;
  let lastSentAt = -Infinity;

  for (const sentAt of [...earlier].sort((a, b) => a - b)) {
    if (sentAt <= createdAt - (1 + earlierDelayShare) * perMs) continue;
    requests.add(Math.min(sentAt, createdAt)).endedAt = Math.min(sentAt + earlierDelayShare * perMs, createdAt);
  }

  const delayMs = (): number => delayShare * perMs + delayOfLag * lagMs;
  /**
   * Compares the server's count with the most and the fewest requests of this client that can have arrived
   * by then.
   */
  const applyServerCount = (request: CountedRequest, count: ServerCount, now: number): void => {
    const { sentAt, inWindow, expiredBefore } = request;
    const counted = count.limit - count.remaining;
    const mostOwn = inWindow + requests.sentBetween(sentAt, arrivalOf(request, now));
    limit.spentByOthers(count.limit, Math.max(0, counted - mostOwn), now);
    if (!limit.guess(now)) return;
    const onTheirWay = requests.sentBetween(sentAt - delayMs(), sentAt) - 1;
    const leastOwn = inWindow - onTheirWay - (requests.expired - expiredBefore);
    for (let excess = leastOwn - counted; excess > 0; excess -= 1) requests.dropNext();
  };

  return {
    nextAt: (now) => {
      requests.advanceTo(now);
      const excess = requests.size - limit.at(now);
      if (excess >= 0) return requests.leftAt(excess);
      return Math.max(limit.pausedUntil, lastSentAt + limit.distanceMs(now));
    },
    send: (now) => {
      lastSentAt = now;
      return requests.add(now);
    },
    leftProcess: (request, now, lateMs) => {
      lagMs += lagWeight * (lateMs - lagMs);
      request.leftProcessBy = now;
      request.delayMs = delayMs();
    },
    withdraw: (request) => {
      requests.remove(request);
    },
    end: (request, now, status, count) => {
      request.endedAt = now;
      request.status = status;
      if (status !== undefined) {
        shortest.add(status, now - (request.leftProcessBy ?? now), now);
        requests.overtake(request);
      }
      requests.judgeAgain(request, now);
      if (status === 429) limit.refused(request.sentAt, requests.refuse(request), now);
      if (count !== undefined) applyServerCount(request, count, now);
    },
  };
}
