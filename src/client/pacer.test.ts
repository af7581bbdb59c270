import { describe, expect, test } from '@jest/globals';
import type { Allowance } from './options.js';
import { createPacer, type Pacer } from './pacer.js';
import { createVirtualClock, seeded, type VirtualClock } from './test-support.js';

/** How a server and the way to it behave: times in milliseconds. */
interface Server {
  /** From the client to the server; a request may overtake none before it by more than the jitter allows. */
  readonly wayThere: () => number;
  /** From the arrival to the reply. */
  readonly work: () => number;
  /** Whether the server does one thing at a time, so that requests wait for those before them. */
  readonly oneAtATime?: boolean;
}

interface Traffic {
  /** When each request arrived. */
  readonly arrivals: readonly number[];
  readonly durationMs: number;
}

/** Sends so many requests as the pacer lets them go, and sees them arrive. */
async function send(count: number, allowance: Allowance, server: Server, concurrency = 1_000): Promise<Traffic> {
  const clock = createVirtualClock();
  const pacer = createPacer(allowance, clock, () => 0);
  const arrivals: number[] = [];
  let free = 0;
  let left = count;
  const work = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      const turn = await pacer.turn(new AbortController().signal);
      await passed(clock, server.wayThere());
      const arrival = server.oneAtATime === true ? Math.max(clock.now(), free) : clock.now();
      const worked = server.work();
      free = arrival + worked;
      arrivals.push(arrival);
      await passed(clock, arrival + worked - clock.now());
      turn.end(201);
    }
  };
  const workers = Promise.all(Array.from({ length: concurrency }, work));
  await clock.runToEnd();
  await workers;
  return { arrivals: arrivals.sort((a, b) => a - b), durationMs: clock.now() };
}

function passed(clock: VirtualClock, ms: number): Promise<void> {
  return new Promise((resolve) => clock.after(ms, resolve));
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
const chance = seeded(1);

const servers: { title: string; server: Server; workMs: number }[] = [
  { title: 'replies at once', server: { wayThere: () => 5, work: () => 10 }, workMs: 15 },
  { title: 'jitter on the way', server: { wayThere: () => 5 + 20 * chance(), work: () => 10 }, workMs: 35 },
  { title: 'replies after three seconds', server: { wayThere: () => 5, work: () => 3_000 }, workMs: 3_005 },
  { title: 'replies after one to four seconds', server: { wayThere: () => 5, work: () => 1_000 + 3_000 * chance() }, workMs: 4_005 }, // prettier-ignore
];

describe('the rolling window, as the server counts', () => {
  test.each(servers)('$title: never more than the allowance, and the whole of it', async ({ server, workMs }) => {
    const { arrivals, durationMs } = await send(500, professional, server);
    expect(mostInWindow(arrivals, professional.perMs)).toBe(professional.requests);
    // 190 at once, 190 after one window, 120 after two, and the last reply.
    expect(durationMs).toBeLessThanOrEqual((20_000 + workMs) * 1.02);
  });

  test('requests that queue at a server which is slow at first are not taken to have arrived', async () => {
    let served = 0;
    const work = (): number => ((served += 1) < 100 ? 12 : 5);
    const { arrivals } = await send(500, professional, { wayThere: () => 5, work, oneAtATime: true });
    expect(mostInWindow(arrivals, professional.perMs)).toBeLessThanOrEqual(professional.requests);
  });

  test.each([1, 2, 7])('an allowance of %d in a second holds for any number under way', async (requests) => {
    const allowance = { requests, perMs: 1_000 };
    const { arrivals } = await send(30, allowance, { wayThere: () => 2 + 3 * chance(), work: () => 50 });
    expect(mostInWindow(arrivals, 1_000)).toBe(requests);
  });

  test('a request without a reply holds its place for no more than two windows', async () => {
    const clock = createVirtualClock();
    const pacer = createPacer({ requests: 1, perMs: 1_000 }, clock, () => 0);
    const { signal } = new AbortController();
    await pacer.turn(signal);
    const second = pacer.turn(signal);
    await clock.runToEnd();
    expect((await second).waitedMs).toBeLessThan(2_100);
  });
});

/** A pacer whose first reply has come, so that everything may go. */
async function begun(allowance: Allowance | false, slowdown = 0): Promise<{ clock: VirtualClock; pacer: Pacer }> {
  const clock = createVirtualClock();
  const pacer = createPacer(allowance, clock, () => slowdown);
  const turn = pacer.turn(new AbortController().signal);
  await clock.runToEnd();
  (await turn).end(201);
  return { clock, pacer };
}

/** Asks for so many turns at once, and says when each was given. */
async function turnsOf(pacer: Pacer, clock: VirtualClock, count: number): Promise<number[]> {
  const times: number[] = [];
  const turns = Array.from({ length: count }, async () => {
    const turn = await pacer.turn(new AbortController().signal);
    times.push(clock.now());
    turn.end(201);
  });
  await clock.runToEnd();
  await Promise.all(turns);
  return times;
}

describe('a pacer', () => {
  test('lets nothing go while it is held, and then no more than the allowance', async () => {
    const { clock, pacer } = await begun({ requests: 3, perMs: 1_000 });
    pacer.hold(5_000);
    const times = await turnsOf(pacer, clock, 4);
    expect(times.slice(0, 3)).toEqual([5_000, 5_000, 5_000]);
    expect(times[3]).toBeGreaterThan(6_000);
  });

  test('that has to slow down sends one by one, so many times slower than the allowance', async () => {
    const { clock, pacer } = await begun({ requests: 10, perMs: 1_000 }, 4);
    expect(await turnsOf(pacer, clock, 3)).toEqual([400, 800, 1_200]);
  });

  test('takes into account what others spend, by the headers of the replies', async () => {
    const clock = createVirtualClock();
    const pacer = createPacer({ requests: 100, perMs: 10_000 }, clock, () => 0);
    const { signal } = new AbortController();
    const first = await pacer.turn(signal);
    first.end(201, { limit: 100, remaining: 39 });
    const times = await turnsOf(pacer, clock, 50);
    expect(times.filter((time) => time < 10_000)).toHaveLength(39);
  });

  test('waits for the first reply before it sends more, but not long', async () => {
    const clock = createVirtualClock();
    const pacer = createPacer({ requests: 100, perMs: 10_000 }, clock, () => 0);
    const { signal } = new AbortController();
    const turns = Promise.all([pacer.turn(signal), pacer.turn(signal), pacer.turn(signal)]);
    await clock.runToEnd();
    expect((await turns).map(({ waitedMs }) => waitedMs)).toEqual([0, 50, 50]);
  });

  test('learns from refusals that the limit is lower, and tries little by little whether it still is', async () => {
    const { clock, pacer } = await begun({ requests: 20, perMs: 1_000 });
    const turns = await Promise.all(Array.from({ length: 19 }, () => pacer.turn(new AbortController().signal)));
    turns.forEach((turn, index) => {
      turn.end(index < 9 ? 201 : 429);
    });
    const times = await turnsOf(pacer, clock, 33);
    const inWindow = (from: number): number => times.filter((time) => time >= from && time < from + 1_000).length;
    expect([inWindow(1_000), inWindow(2_000), inWindow(3_000)]).toEqual([11, 12, 10]);
  });

  test('takes one refusal alone for no proof', async () => {
    const { clock, pacer } = await begun({ requests: 20, perMs: 1_000 });
    const turn = await pacer.turn(new AbortController().signal);
    turn.end(429);
    expect((await turnsOf(pacer, clock, 20)).filter((time) => time < 1_000)).toHaveLength(12);
  });

  test('ends a wait at once when its signal aborts, and goes on with the next', async () => {
    const { clock, pacer } = await begun({ requests: 1, perMs: 1_000 });
    const controller = new AbortController();
    const waiting = pacer.turn(controller.signal);
    const next = pacer.turn(new AbortController().signal);
    controller.abort();
    await expect(waiting).rejects.toThrow('aborted');
    await clock.runToEnd();
    await expect(next).resolves.toHaveProperty('waitedMs');
  });
});
