import { latestArrival } from './arrival.js';
import { createLearnedLimit } from './learned-limit.js';
import type { Allowance } from './options.js';
import { createRequestsInWindow, type CountedRequest } from './requests-in-window.js';
import { createShortestReply } from './shortest-reply.js';

/** Where a server stands in its window, by what it says of itself. */
export interface ServerCount {
  /** The server's own limit. */
  readonly limit: number;
  /** What it lets through until the window has moved on. */
  readonly remaining: number;
}

/** Counts requests as a server counts them that sees them arrive. Times are in milliseconds. */
export interface RollingWindow {
  /** The earliest time at which one more may be sent, as far as that is known; in the past if at once. */
  nextAt(now: number): number;
  send(now: number): CountedRequest;
  /** The event loop has turned since the request was sent, so much later than it should have. */
  left(request: CountedRequest, now: number, lateMs: number): void;
  /** The request was not sent after all. */
  withdraw(request: CountedRequest): void;
  /** The request has ended, without a status if there was no reply. */
  end(request: CountedRequest, now: number, status: number | undefined, count?: ServerCount): void;
}

/** Clocks differ in speed and are read in whole milliseconds: a fixed part, and a share of the window. */
const clockMs = 2;
const clockShare = 0.0001;

/**
 * How much longer than others a request may be on its way: a share of the window, and so many times
 * what the event loop has lately been late, since what holds up this process holds up the rest too.
 */
const delayShare = 0.003;
const delayOfLag = 6;

/** The latest lag counts for so much in the mean. */
const lagWeight = 0.1;

/** Requests of an earlier client are taken to have arrived within this share of a window. */
const earlierDelayShare = 0.1;

/**
 * A request counts for one window from its latest possible arrival on. Until one window after its
 * sending it counts in any case; only then its arrival is judged, when nearly always its reply is
 * here. So a request that takes a server long costs next to nothing of the allowance, while one that
 * waited on its way is not taken to have been there already.
 *
 * Whatever the order of arrival, the server never sees more than the allowance in a window: of all
 * requests sent before, fewer than the allowance can have arrived within one window of the next.
 *
 * @param earlier - When requests of the same allowance were sent before.
 */
export function createRollingWindow(allowance: Allowance, earlier: readonly number[], madeAt: number): RollingWindow {
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
    if (sentAt <= madeAt - (1 + earlierDelayShare) * perMs) continue;
    requests.add(Math.min(sentAt, madeAt)).endedAt = Math.min(sentAt + earlierDelayShare * perMs, madeAt);
  }

  const delayMs = (): number => delayShare * perMs + delayOfLag * lagMs;
  /** What the server has counted, beside what may and what must have arrived of this client by then. */
  const compare = (request: CountedRequest, count: ServerCount, now: number): void => {
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
      requests.moveTo(now);
      const excess = requests.size - limit.at(now);
      if (excess >= 0) return requests.leftAt(excess);
      return Math.max(limit.pausedUntil, lastSentAt + limit.distanceMs(now));
    },
    send: (now) => {
      lastSentAt = now;
      return requests.add(now);
    },
    left: (request, now, lateMs) => {
      lagMs += lagWeight * (lateMs - lagMs);
      request.leftBy = now;
      request.delayMs = delayMs();
    },
    withdraw: (request) => {
      requests.remove(request);
    },
    end: (request, now, status, count) => {
      request.endedAt = now;
      request.status = status;
      if (status !== undefined) {
        shortest.add(status, now - (request.leftBy ?? now), now);
        requests.overtake(request);
      }
      requests.judge(request, now);
      if (status === 429) limit.refused(request.sentAt, requests.refuse(request), now);
      if (count !== undefined) compare(request, count, now);
    },
  };
}
