import { describe, expect, test } from '@jest/globals';
import type { Allowance } from './options.js';
import { createPacer } from './pacer.js';
import { createVirtualClock, seeded } from './test-support.js';

/** A server, the network, and the machine that the client runs on. Times are in milliseconds. */
interface World {
  readonly allowance: Allowance;
  /** From leaving the process to arrival. */
  readonly wayThere: Range;
  /** From the arrival to the reply. */
  readonly work: Range;
  /** The processor time that the client spends on sending a request. */
  readonly sendingMs?: number;
  /** Pauses during which the process does nothing, and the time between them. */
  readonly stall?: { readonly ms: Range; readonly everyMs: Range };
  /** Whether the server stalls as well. */
  readonly serverStalls?: boolean;
  /** Whether the server handles one request at a time. */
  readonly oneAtATime?: boolean;
  /** Whether replies have rate-limit headers. */
  readonly headers?: boolean;
  /** The allowance of the client, if it differs from the server's. */
  readonly takenFor?: Allowance;
}

type Range = readonly [least: number, most: number];

interface Traffic {
  /** When the server accepted each request, the earliest first. */
  readonly arrivals: readonly number[];
  readonly refused: number;
  /** When each refusal came. */
  readonly refusals: readonly number[];
  readonly durationMs: number;
}

/** Sends this many requests at the pacer's rate, to a server that refuses what exceeds the allowance. */
async function send(count: number, world: World, seed: number): Promise<Traffic> {
  const { allowance, work, wayThere, sendingMs = 0, oneAtATime = false, headers = false } = world;
  const random = seeded(seed);
  const within = ([least, most]: Range): number => least + (most - least) * random();
  const clock = createVirtualClock(random);
  const processFree = stalls(world.stall, within);
  const serverFree = stalls(world.serverStalls === true ? world.stall : undefined, within);
  let processorFree = 0;
  const passed = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      clock.after(processFree(Math.max(clock.now() + ms, processorFree)) - clock.now(), resolve);
    });
  const after = (ms: number, callback: () => void): (() => void) =>
    clock.after(processFree(Math.max(clock.now() + ms, processorFree)) - clock.now(), callback);
  const lateClock = {
    ...clock,
    after,
    nextTurn: (callback: () => void) => {
      after(0, callback);
    },
  };
  const pacer = createPacer({ allowance: world.takenFor ?? allowance, slowdown: () => 0 }, lateClock);
  const arrivals: number[] = [];
  /** The first of the arrivals that the server still counts. */
  let oldest = 0;
  let serverBusyUntil = 0;
  const refusals: number[] = [];
  let left = count;

  const associate = async (): Promise<void> => {
    for (;;) {
      const turn = await pacer.turn();
      processorFree = Math.max(clock.now(), processorFree) + sendingMs;
      await passed(0);
      const bytesAt = clock.now() + within(wayThere);
      await new Promise<void>((resolve) => clock.after(serverFree(bytesAt) - clock.now(), resolve));
      const arrival = oneAtATime ? Math.max(clock.now(), serverBusyUntil) : clock.now();
      while ((arrivals[oldest] ?? Infinity) <= arrival - allowance.perMs) oldest += 1;
      const counted = arrivals.length - oldest;
      const taken = counted < allowance.requests;
      if (taken) arrivals.push(arrival);
      else refusals.push(arrival);
      const worked = taken ? within(work) : 1;
      serverBusyUntil = arrival + worked;
      await passed(arrival + worked - clock.now());
      const remaining = Math.max(0, allowance.requests - counted - 1);
      turn.end(taken ? 201 : 429, headers ? { limit: allowance.requests, remaining } : undefined);
      if (taken) return;
      await passed(500 * random());
    }
  };
  const workOff = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      await associate();
    }
  };
  const workers = Promise.all(Array.from({ length: 250 }, workOff));
  await clock.runToEnd();
  await workers;
  return { arrivals, refused: refusals.length, refusals, durationMs: clock.now() };
}

/** Returns when something that stalls now and then is free again. Times may be asked for in any order. */
function stalls(stall: World['stall'], within: (range: Range) => number): (time: number) => number {
  if (stall === undefined) return (time) => time;
  const known: { from: number; to: number }[] = [];
  return (time) => {
    for (let end = known.at(-1)?.to ?? 0; end <= time; end = known.at(-1)?.to ?? 0) {
      const from = end + within(stall.everyMs);
      known.push({ from, to: from + within(stall.ms) });
    }
    const stalled = known.findLast(({ from }) => from <= time);
    return stalled === undefined ? time : Math.max(time, stalled.to);
  };
}

/** The most requests that arrived in any window. */
function mostInWindow(arrivals: readonly number[], perMs: number): number {
  let first = 0;
  let most = 0;
  arrivals.forEach((arrival, index) => {
    while (arrival - (arrivals[first] ?? arrival) >= perMs) first += 1;
    most = Math.max(most, index - first + 1);
  });
  return most;
}

const professional = { requests: 190, perMs: 10_000 };
const seeds = [1, 2, 3, 4];
const testTimeoutMs = 120_000;

/** The time beyond the theoretical minimum: every window filled as soon as it has room, and then the last reply. */
function overIdeal(count: number, { allowance, work }: World, durationMs: number): number {
  const idealMs = Math.floor((count - 1) / allowance.requests) * allowance.perMs + work[1];
  return durationMs / idealMs - 1;
}

describe('on a quiet machine the server never sees more than the allowance, and at least 98 % of it is used', () => {
  const quiet = { allowance: professional, wayThere: [1, 3], sendingMs: 1 } as const;
  test.each<[string, World]>([
    ['immediate replies', { ...quiet, work: [1, 3] }],
    ['replies after 20 ms', { ...quiet, work: [15, 25] }],
    ['replies after three seconds', { ...quiet, work: [3_000, 3_010] }],
    ['replies after one to four seconds', { ...quiet, work: [1_000, 4_000] }],
    ['replies over the internet', { ...quiet, wayThere: [20, 60], work: [100, 400] }],
    ['replies with rate-limit headers', { ...quiet, work: [1_000, 4_000], headers: true }],
    ['a server that handles one request at a time', { ...quiet, wayThere: [2, 2], work: [3, 9], oneAtATime: true }],
    ['an allowance of a few requests per second', { ...quiet, allowance: { requests: 7, perMs: 1_000 }, work: [5, 8] }],
  ])(
    '%s',
    async (_, world) => {
      for (const seed of seeds) {
        const { arrivals, refused, durationMs } = await send(2_000, world, seed);
        expect(refused).toBe(0);
        expect(mostInWindow(arrivals, world.allowance.perMs)).toBe(world.allowance.requests);
        expect(overIdeal(2_000, world, durationMs)).toBeLessThanOrEqual(0.02);
      }
    },
    testTimeoutMs,
  );
});

describe('on a busy machine no request is refused twice, and the time stays near the ideal', () => {
  const stall = { ms: [5, 60], everyMs: [2, 30] } as const;
  const busy = { allowance: professional, wayThere: [1, 3], sendingMs: 8, stall, serverStalls: true } as const;
  const veryBusy = { ...busy, stall: { ms: [50, 400], everyMs: [20, 200] } } as const;
  test.each<[string, World, number]>([
    ['replies after 20 ms', { ...busy, work: [15, 25] }, 0.1],
    ['replies after three seconds', { ...busy, work: [3_000, 3_010] }, 0.1],
    ['replies after one to four seconds', { ...busy, work: [1_000, 4_000] }, 0.15],
    ['replies after 20 ms, and stalls of up to 0.4 s', { ...veryBusy, work: [15, 25] }, 0.3],
    ['replies after one to four seconds, and stalls of up to 0.4 s', { ...veryBusy, work: [1_000, 4_000] }, 0.35],
  ])(
    '%s',
    async (_, world, most) => {
      for (const seed of seeds) {
        const { refused, durationMs } = await send(500, world, seed);
        expect(refused).toBeLessThanOrEqual(1);
        expect(overIdeal(500, world, durationMs)).toBeLessThanOrEqual(most);
      }
    },
    testTimeoutMs,
  );
});

describe('a server whose allowance is not the one that the client assumes', () => {
  const world = { wayThere: [1, 3], work: [15, 25], sendingMs: 1, takenFor: professional } as const;
  test.each<[string, Pick<World, 'allowance'> & Partial<Pick<World, 'work'>>]>([
    ['it is lower', { allowance: { requests: 100, perMs: 10_000 } }],
    ['it is lower, and replies are slow', { allowance: { requests: 100, perMs: 10_000 }, work: [1_000, 4_000] }],
    ['its window is longer', { allowance: { requests: 190, perMs: 13_000 } }],
  ])(
    '%s: fewer and fewer requests are refused',
    async (_, difference) => {
      for (const seed of seeds) {
        const { refusals, durationMs } = await send(1_000, { ...world, ...difference }, seed);
        const lateRefusals = refusals.filter((time) => time > durationMs / 3);
        expect(lateRefusals.length).toBeLessThanOrEqual(0.05 * 1_000);
      }
    },
    testTimeoutMs,
  );
});
