import type { SimulatorReply } from './handler.js';

/** What a simulated account has received and done so far. */
export interface Inspection {
  /** The number of requests that arrived. */
  requests(): number;
  /** The largest number of requests that arrived within any window of this many milliseconds. */
  mostRequestsWithin(ms: number): number;
  /** The pairs of all requests, by outcome. */
  counts(): PairCounts;
  /** How often each status was sent; `none` counts the requests without a reply. */
  statuses(): Readonly<Record<string, number>>;
}

/** Pairs by outcome. */
export interface PairCounts {
  readonly inputs: number;
  /** Newly associated. */
  readonly associated: number;
  /** Already associated with other types, which were replaced. */
  readonly replaced: number;
  /** Already associated with exactly these types: sent twice. */
  readonly unchanged: number;
}

/** Records requests. */
export interface Inspector {
  readonly view: Inspection;
  /** Records the arrival of a request, and returns its number, counted from 1. */
  readonly arrive: (time: number) => number;
  readonly add: (reply: SimulatorReply) => void;
}

export function createInspection(): Inspector {
  const arrivals: number[] = [];
  const statuses: Record<string, number> = {};
  let counts: PairCounts = { inputs: 0, associated: 0, replaced: 0, unchanged: 0 };
  return {
    arrive: (time) => arrivals.push(time),
    add: (reply) => {
      const status = reply.status === undefined ? 'none' : String(reply.status);
      statuses[status] = (statuses[status] ?? 0) + 1;
      counts = {
        inputs: counts.inputs + reply.inputs,
        associated: counts.associated + reply.associated,
        replaced: counts.replaced + reply.replaced,
        unchanged: counts.unchanged + reply.unchanged,
      };
    },
    view: {
      requests: () => arrivals.length,
      mostRequestsWithin: (ms) => largestWindow(arrivals, ms),
      counts: () => counts,
      statuses: () => ({ ...statuses }),
    },
  };
}

function largestWindow(times: readonly number[], ms: number): number {
  const sorted = [...times].sort((a, b) => a - b);
  let first = 0;
  let largest = 0;
  sorted.forEach((time, last) => {
    while ((sorted[first] ?? time) <= time - ms) first += 1;
    largest = Math.max(largest, last - first + 1);
  });
  return largest;
}
