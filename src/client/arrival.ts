/** What is known about a sent request. All times are milliseconds of the same clock. */
export interface SentRequest {
  readonly sentAt: number;
  /** When the event loop next turned. Before that, the request may not have left the process. */
  leftProcessBy: number | undefined;
  /** How much longer than others it may travel from then on, judged by how late the event loop was then. */
  delayMs: number;
  /** When its reply came or its connection ended; `undefined` while it is in progress. */
  endedAt: number | undefined;
  /** The HTTP status. Without one, the end only shows that the request did not arrive later. */
  status: number | undefined;
  /** The first request that was sent later than this one and ended before it. */
  overtakenBy: SentRequest | undefined;
}

/** What is known about the server. */
export interface ServerTimes {
  /** The shortest time that a reply with this status has taken lately, from when its request left the process. */
  readonly shortestReplyMs: (status: number) => number;
  /** The length of the server's window, in milliseconds. */
  readonly windowMs: number;
  /** Whether arrivals may be guessed. They may not after guesses have proved too early. */
  readonly guess: boolean;
}

/**
 * The latest time at which a request can have arrived. The server counts it on arrival, by its own clock;
 * the client only knows when it was sent and when its reply came:
 *
 * - No reply with that status takes less time than the shortest one seen. So the request arrived at least
 *   about that long before its reply.
 * - A slow reply may be due to the server's work. Then the arrival is a guess: requests arrive roughly in
 *   the order of sending. So it arrived not much later than a request that was sent later, and not much
 *   later than it left the process.
 * - It arrived at most one window after it was sent.
 */
export function latestArrival(request: SentRequest, server: ServerTimes): number {
  const { sentAt, leftProcessBy = Infinity, delayMs, overtakenBy } = request;
  const overtakenAt = overtakenBy === undefined ? Infinity : beforeReply(overtakenBy, server);
  const guessed = server.guess ? Math.max(overtakenAt, leftProcessBy + delayMs) : Infinity;
  return Math.min(beforeReply(request, server), guessed, sentAt + server.windowMs);
}

function beforeReply({ endedAt, status, delayMs }: SentRequest, { shortestReplyMs }: ServerTimes): number {
  if (endedAt === undefined) return Infinity;
  return status === undefined ? endedAt : endedAt - Math.max(0, shortestReplyMs(status) - delayMs);
}
