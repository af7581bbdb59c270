import type { Allowance } from './options.js';

/** A request that counts against an allowance. */
interface CountedRequest {
  readonly sentAt: number;
  /** When its reply came or its connection ended; nothing while it is under way. */
  endedAt: number | undefined;
  /**
   * The kind of reply, such as its status. Replies of a kind have a shortest time in common.
   * Nothing where there was none, which tells only that the request came before its end.
   */
  kind: string | undefined;
}

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
  /** The request was not sent after all. */
  withdraw(request: CountedRequest): void;
  end(request: CountedRequest, now: number, kind: string | undefined, count?: ServerCount): void;
  /** The server has refused a request because of its limit, which is lower than was thought. */
  refused(now: number): void;
}

/** Differences between the ways of two requests that no reply shows: a fixed part, and a share of the window. */
const jitterMs = 10;
const jitterShare = 0.003;

/**
 * One refusal may be a mistake, so it lowers the limit to no less than this share of it, or to what
 * has just been accepted. From there it is tried again little by little, in each window by a share.
 */
const keptShare = 0.7;
const recoveredShare = 0.03;

/** An arrival is held to be no later than this share of the window after the sending, if a request sent later has arrived by then. */
const delayShare = 0.02;

/**
 * A server counts a request when it arrives, by its own clock; here it is only known when a request
 * was sent and when its reply came. So a request is held to have arrived as late as it can have:
 *
 * - its reply came, and no reply of that kind takes less than the shortest one seen: at the latest
 *   that much before the reply;
 * - where the reply took long, that may have been the server's work. Requests arrive about in the
 *   order in which they were sent: not much later than one that was sent later;
 * - at the latest one window after it was sent.
 *
 * From then on it counts for one window. A request that takes a server long costs next to nothing of
 * the allowance this way, while one that waited on its way is not taken to have been there already.
 */
export function createRollingWindow({ requests: limit, perMs }: Allowance): RollingWindow {
  const margin = jitterMs + jitterShare * perMs;
  const counted: CountedRequest[] = [];
  const shortest = createShortest(perMs);
  const effective = createEffectiveLimit(limit, perMs);

  const repliedBy = ({ endedAt, kind }: CountedRequest): number =>
    endedAt === undefined ? Infinity : endedAt - (kind === undefined ? 0 : shortest.of(kind));

  /** When each request has arrived at the latest, the earliest first. */
  const arrivals = (): Float64Array => {
    const times = new Float64Array(counted.length);
    let later = Infinity;
    for (let index = counted.length - 1; index >= 0; index -= 1) {
      const request = counted[index];
      if (request === undefined) continue;
      const own = repliedBy(request);
      const unordered = request.sentAt + delayShare * perMs;
      times[index] = Math.min(own, Math.max(later, unordered), request.sentAt + perMs);
      later = Math.min(later, own);
    }
    return times.sort();
  };

  return {
    nextAt: (now) => {
      const index = counted.length - effective.at(now);
      return index < 0 ? -Infinity : (arrivals()[index] ?? -Infinity) + perMs + margin;
    },
    send: (now) => {
      const request: CountedRequest = { sentAt: now, endedAt: undefined, kind: undefined };
      counted.push(request);
      if (counted.length > limit) counted.shift();
      return request;
    },
    withdraw: (request) => {
      const index = counted.indexOf(request);
      if (index >= 0) counted.splice(index, 1);
    },
    end: (request, now, kind, count) => {
      request.endedAt = now;
      request.kind = kind;
      if (kind !== undefined) shortest.add(kind, now - request.sentAt, now);
      if (count === undefined) return;
      // Of those sent in the same instant any may have come first: all are taken to have.
      const own = counted.filter(({ sentAt }) => sentAt <= request.sentAt && sentAt > request.sentAt - perMs - margin);
      effective.count(count, own.length, now);
    },
    refused: (now) => {
      const own = counted.filter(({ sentAt, kind }) => sentAt > now - perMs && kind !== '429');
      effective.refuse(own.length, now);
    },
  };
}

/** The shortest time that a reply of each kind has taken in this window or the one before. */
function createShortest(perMs: number): { add(kind: string, ms: number, now: number): void; of(kind: string): number } {
  let begun = -Infinity;
  let current = new Map<string, number>();
  let before = new Map<string, number>();
  const of = (kind: string): number => Math.min(current.get(kind) ?? Infinity, before.get(kind) ?? Infinity);
  return {
    add: (kind, ms, now) => {
      if (now - begun > perMs) {
        before = current;
        current = new Map();
        begun = now;
      }
      current.set(kind, Math.min(current.get(kind) ?? Infinity, ms));
    },
    of: (kind) => {
      const ms = of(kind);
      return ms === Infinity ? 0 : ms;
    },
  };
}

/** What is left of the limit where others spend of it too, or where it is lower than was thought. */
function createEffectiveLimit(limit: number, perMs: number): EffectiveLimit {
  // Within a burst a few may overtake one another, so a small difference says nothing.
  const unclear = Math.max(1, Math.ceil(limit * 0.03));
  let left = limit;
  let leftUntil = -Infinity;
  let accepted = limit;
  let refusedAt = -Infinity;
  const afterRefusal = (now: number): number => {
    const windows = Math.floor((now - refusedAt) / perMs);
    return accepted + windows * Math.max(1, Math.ceil(accepted * recoveredShare));
  };
  return {
    count: ({ limit: theirs, remaining }, own, now) => {
      const spent = theirs - remaining - own;
      const here = Math.min(limit, theirs - (spent > unclear ? spent : 0));
      // The least of a window and a half holds: whoever else spends will go on doing so.
      if (here > left && now <= leftUntil) return;
      left = here;
      leftUntil = now + 1.5 * perMs;
    },
    refuse: (own, now) => {
      const before = Math.min(limit, afterRefusal(now));
      accepted = Math.min(before, Math.max(own, Math.floor(before * keptShare)));
      refusedAt = now;
    },
    at: (now) => Math.max(1, Math.min(limit, now <= leftUntil ? left : limit, afterRefusal(now))),
  };
}

interface EffectiveLimit {
  /** The server has said where it stands, when this client had sent so many in the window. */
  count(count: ServerCount, own: number, now: number): void;
  /** The server has refused a request, and taken so many of this client's in the window. */
  refuse(own: number, now: number): void;
  at(now: number): number;
}
