/** What is known of a request that has been sent. Times are in milliseconds of one clock. */
export interface SentRequest {
  readonly sentAt: number;
  /** When the event loop had turned since: before that, nothing may have left the process. */
  leftBy: number | undefined;
  /** How much longer than others it may be on its way from then on, judged by how late the machine was at the time. */
  delayMs: number;
  /** When its reply came or its connection ended; nothing while it is in progress. */
  endedAt: number | undefined;
  /** The HTTP status. Without one, the end says only that the request did not arrive later. */
  status: number | undefined;
  /** The first request that was sent later and had ended while this one was under way. */
  overtakenBy: SentRequest | undefined;
}

/** What is known of the server. */
export interface ServerTimes {
  /** The shortest time from leaving the process that a reply with this status has taken lately. */
  readonly shortestReplyMs: (status: number) => number;
  /** The length of its window, in milliseconds. */
  readonly windowMs: number;
  /** Whether arrivals may be guessed, or have proved to be guessed too early. */
  readonly guess: boolean;
}

/**
 * When a request has arrived at the latest. The server counts it then, by its own clock; here it is
 * only known when it was sent and when its reply came:
 *
 * - It arrived before its reply, and no reply with that status takes less than the shortest one
 *   seen, part of which was the way: at the latest about that much before the reply.
 * - A reply that took long may be due to the server's work. Then the arrival is a guess: requests
 *   arrive about in the order in which they were sent, so not much later than one that was sent
 *   later, and not much later than it has left the process.
 * - At the latest one window after it was sent.
 */
export function latestArrival(request: SentRequest, server: ServerTimes): number {
  const { sentAt, leftBy = Infinity, delayMs, overtakenBy } = request;
  const overtakenAt = overtakenBy === undefined ? Infinity : beforeReply(overtakenBy, server);
  const guessed = server.guess ? Math.max(overtakenAt, leftBy + delayMs) : Infinity;
  return Math.min(beforeReply(request, server), guessed, sentAt + server.windowMs);
}

function beforeReply({ endedAt, status, delayMs }: SentRequest, { shortestReplyMs }: ServerTimes): number {
  if (endedAt === undefined) return Infinity;
  return status === undefined ? endedAt : endedAt - Math.max(0, shortestReplyMs(status) - delayMs);
}
