import type { FaultEffect, FaultKind, FaultSelection, LatencyDistribution } from './fault-kinds.js';
import { random } from './random.js';

export type Fault = FaultSelection & FaultEffect;

/** A declarative plan of faults. The same plan with the same seed always has the same effect. */
export interface FaultPlan {
  /** @defaultValue 0 */
  readonly seed?: number;
  readonly faults: readonly Fault[];
}

/** The faults of one request. */
export interface RequestFaults {
  /** The fault of this kind that affects the request, if any. The first in the plan wins. */
  find<K extends FaultKind>(kind: K): Extract<FaultEffect, { kind: K }> | undefined;
  /** A number from 0 to 1 that is the same in every run, but differs for each use and place. */
  random(use: RandomUse, place?: number): number;
}

/** Each use of random numbers has its own sequence, so that one fault does not change another. */
const randomUses = { hit: 1, order: 2, latency: 3, latencyAngle: 4, omission: 5 } as const;

type RandomUse = keyof typeof randomUses;

/** @returns A function from a request's number, counted from 1, to the faults that affect it. */
export function createFaults({ seed = 0, faults }: FaultPlan): (request: number) => RequestFaults {
  return (request) => {
    const hitting = faults.filter((fault, index) => hits(fault, index, request, seed));
    return {
      find: (kind) => hitting.find((fault): fault is Extract<Fault, { kind: typeof kind }> => fault.kind === kind),
      random: (use, place = 0) => random(seed, request, place, randomUses[use]),
    };
  };
}

function hits(fault: FaultSelection, index: number, request: number, seed: number): boolean {
  const { at, every, probability, burst = 1 } = fault;
  for (let start = request; start > request - burst && start > 0; start -= 1) {
    const chosen =
      (at === undefined || at.includes(start)) &&
      (every === undefined || start % every === 0) &&
      (probability === undefined || random(seed, start, index, randomUses.hit) < probability);
    if (chosen) return true;
  }
  return false;
}

/** Draws a delay from the distribution, in milliseconds, with two random numbers from 0 to 1. */
export function latencyMs(distribution: LatencyDistribution, uniform: number, angle: number): number {
  if ('constant' in distribution) return distribution.constant;
  if ('uniform' in distribution) {
    const [low, high] = distribution.uniform;
    return low + uniform * (high - low);
  }
  const { median, p99 } = distribution.logNormal;
  // The 99th percentile of a normal distribution is 2.326 standard deviations above its mean.
  const deviation = Math.log(p99 / median) / 2.326;
  const normal = Math.sqrt(-2 * Math.log(1 - uniform)) * Math.cos(2 * Math.PI * angle);
  return median * Math.exp(deviation * normal);
}
