/** Tracks how many of the last attempts were answered with errors, and how much slower to send as a result. */
export interface ErrorBudget {
  /** How many times slower than the allowance to send: 2, 4 or 8; 0 for no slowdown. */
  readonly slowdown: number;
  /**
   * Adds the result of an attempt.
   *
   * @param errorReply - Whether it was answered with an error of the API itself, or with one that blames
   *   this client's load.
   */
  add(errorReply: boolean): void;
  /**
   * Whether slowing down has not helped. Returns true only once, and then the budget starts afresh for the
   * next run.
   */
  exhausted(): boolean;
}

/**
 * The share of a day's requests that HubSpot allows to fail
 * (https://developers.hubspot.com/docs/developer-tooling/platform/usage-guidelines).
 */
const toleratedShare = 0.05;

/** The minimum number of attempts between two changes of the pace. */
const attemptsBetweenChanges = 100;

/** After this many attempts it is clear that slowing down has not helped. */
const attemptsBeforeStop = 1_000;

const slowdowns = [0, 2, 4, 8];

/**
 * Keeps error replies below the share that HubSpot tolerates. Above it, the client slows down after every
 * hundred attempts, and stops after a thousand. Refusals of a request for its content (400, 404, 413) do
 * not count: slowing down would not change them.
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
