/** How many of the last attempts were answered with errors, and how much slower to send therefore. */
export interface ErrorBudget {
  /** How many times slower than the allowance to send: 0 for not at all, and then 2, 4 and 8. */
  readonly slowdown: number;
  /**
   * Notes how an attempt ended.
   *
   * @param errorReply - Whether it was answered with an error that says that the API is failing, or
   *   that this client asks too much of it.
   */
  add(errorReply: boolean): void;
  /** Whether slowing down has not helped. True once: the next run gets the whole budget. */
  exhausted(): boolean;
}

/**
 * The share of error replies that HubSpot tolerates, of a day's requests
 * (https://developers.hubspot.com/docs/developer-tooling/platform/usage-guidelines).
 */
const toleratedShare = 0.05;

/** The pace changes at most once in so many attempts. */
const attemptsBetweenChanges = 100;

/** After so many attempts it is clear that slowing down has not helped. */
const attemptsBeforeStop = 1_000;

const slowdowns = [0, 2, 4, 8];

/**
 * Keeps error replies under the share that HubSpot tolerates: beyond it each hundred attempts make
 * the client slower, and a thousand of them stop it. Refusals of a request for its content (400, 404,
 * 413) do not count: slowing down would not change them.
 */
export function createErrorBudget(): ErrorBudget {
  let latest: boolean[] = [];
  let level = 0;
  let sinceChange = 0;
  let exhausted = false;
  const slowest = slowdowns.length - 1;
  const tooMany = (attempts: readonly boolean[]): boolean =>
    attempts.filter((errorReply) => errorReply).length > toleratedShare * attempts.length;
  return {
    get slowdown() {
      return slowdowns[level] ?? 0;
    },
    add: (errorReply) => {
      latest.push(errorReply);
      if (latest.length > attemptsBeforeStop) latest.shift();
      sinceChange += 1;
      if (sinceChange < attemptsBetweenChanges) return;
      sinceChange = 0;
      const stillTooMany = tooMany(latest.slice(-attemptsBetweenChanges));
      exhausted = stillTooMany && level === slowest && latest.length === attemptsBeforeStop && tooMany(latest);
      level = stillTooMany ? Math.min(level + 1, slowest) : Math.max(level - 1, 0);
    },
    exhausted: () => {
      if (!exhausted) return false;
      exhausted = false;
      latest = [];
      return true;
    },
  };
}
