import { describe, expect, test } from '@jest/globals';
import { createAssociationsClient, type AssociationsClient } from '../associations-client.js';
import { complete, input, types } from '../test-support.js';
import type { Allowance } from './options.js';
import { createPacer, type Pacer } from './pacer.js';
import { createVirtualClock, type VirtualClock } from './test-support.js';

/** A pacer that has had its first reply, so that it sends without restraint. */
async function readyPacer(allowance: Allowance | false, slowdown = 0): Promise<{ clock: VirtualClock; pacer: Pacer }> {
  const clock = createVirtualClock();
  const pacer = createPacer({ allowance, slowdown: () => slowdown }, clock);
  const turn = pacer.turn();
  await clock.runToEnd();
  (await turn).end(201);
  return { clock, pacer };
}

/** Asks for this many turns at the same time, and returns when each was given. */
async function turnsOf(pacer: Pacer, clock: VirtualClock, count: number): Promise<number[]> {
  const times: number[] = [];
  const turns = Array.from({ length: count }, async () => {
    const turn = await pacer.turn();
    times.push(clock.now());
    turn.end(201);
  });
  await clock.runToEnd();
  await Promise.all(turns);
  return times;
}

describe('a pacer', () => {
  test('sends nothing while it is held, and then no more than the allowance', async () => {
    const { clock, pacer } = await readyPacer({ requests: 3, perMs: 1_000 });
    pacer.hold(5_000);
    const times = await turnsOf(pacer, clock, 4);
    expect(times.slice(0, 3)).toEqual([5_000, 5_000, 5_000]);
    expect(times[3]).toBeGreaterThan(6_000);
  });

  test('is idle as soon as a request that was due has to wait', async () => {
    const virtual = createVirtualClock();
    let now = 0;
    const pacer = createPacer({ allowance: { requests: 1, perMs: 1_000 }, slowdown: () => 0 }, { ...virtual, now: () => now }); // prettier-ignore
    const first = await pacer.turn();
    await virtual.runToEnd();
    const ending = new AbortController();
    const second = pacer.turn(ending.signal);
    // The timer of the second request is late.
    now = 5_000;
    let isIdle = false;
    void pacer.idle().then(() => (isIdle = true));
    pacer.hold(60_000);
    first.end(429);
    await new Promise((resolve) => setImmediate(resolve));
    expect(isIdle).toBe(true);
    ending.abort();
    await expect(second).rejects.toThrow('aborted');
  });

  test('is not idle while a request is being prepared, unless that takes long', async () => {
    const virtual = createVirtualClock();
    let now = 0;
    const timers: (() => void)[] = [];
    const after = (_: number, callback: () => void): (() => void) => {
      timers.push(callback);
      return () => timers.splice(timers.indexOf(callback), 1);
    };
    const clock = {
      ...virtual,
      now: () => now,
      after,
      nextTurn: (callback: () => void) => void setImmediate(callback),
    };
    const pacer = createPacer({ allowance: { requests: 10, perMs: 1_000 }, slowdown: () => 0 }, clock);
    await pacer.turn();
    await new Promise((resolve) => setImmediate(resolve));
    pacer.expectRequest();
    let isIdle = false;
    const idle = pacer.idle().then(() => (isIdle = true));
    now = 19;
    for (const timer of timers.splice(0)) timer();
    await new Promise((resolve) => setImmediate(resolve));
    expect(isIdle).toBe(false);
    now = 20;
    for (const timer of timers.splice(0)) timer();
    await idle;
  });

  test('that has to slow down sends one by one, slower than the allowance by the given factor', async () => {
    const { clock, pacer } = await readyPacer({ requests: 10, perMs: 1_000 }, 4);
    expect(await turnsOf(pacer, clock, 3)).toEqual([400, 800, 1_200]);
  });

  test('takes other clients into account, according to the headers of the replies', async () => {
    const clock = createVirtualClock();
    const pacer = createPacer({ allowance: { requests: 100, perMs: 10_000 }, slowdown: () => 0 }, clock);
    const first = await pacer.turn();
    first.end(201, { limit: 100, remaining: 39 });
    const times = await turnsOf(pacer, clock, 50);
    expect(times.filter((time) => time < 10_000)).toHaveLength(39);
  });

  test('lets the requests of a burst leave the process, a few at a time', async () => {
    const clock = createVirtualClock();
    const pacer = createPacer({ allowance: { requests: 100, perMs: 10_000 }, slowdown: () => 0 }, clock);
    let sent = 0;
    const turns = Array.from({ length: 10 }, () => pacer.turn().then(() => (sent += 1)));
    await turns[1];
    expect(sent).toBe(2);
    await clock.runToEnd();
    expect(sent).toBe(10);
    expect(clock.now()).toBe(0);
  });

  test('counts the requests of an earlier client until their window has passed', async () => {
    const clock = createVirtualClock();
    const earlierMs = [1, 50_000, 70_000, 20_000];
    const pacer = createPacer({ allowance: { requests: 5, perMs: 60_000 }, earlierMs, slowdown: () => 0 }, clock);
    const times = await turnsOf(pacer, clock, 5);
    expect(times.slice(0, 2)).toEqual([0, 0]);
    // Each earlier request may have arrived some time after it was sent, but no later than now.
    const rest = times.slice(2);
    expect(rest).toEqual([expect.closeTo(16_000, -2), expect.closeTo(46_000, -2), expect.closeTo(60_000, -2)]);
  });

  test('resumes soon after a refusal, but neither immediately nor in a burst', async () => {
    const { clock, pacer } = await readyPacer({ requests: 20, perMs: 1_000 });
    const turn = await pacer.turn();
    turn.end(429);
    const times = await turnsOf(pacer, clock, 10);
    expect(times[0]).toBeGreaterThanOrEqual(50);
    expect(times[0]).toBeLessThan(200);
    expect(Math.min(...times.slice(1).map((time, index) => time - (times[index] ?? 0)))).toBeGreaterThan(10);
    expect(times.at(-1)).toBeLessThan(500);
  });

  test('leaves no timer behind when no request waits', async () => {
    const { clock, pacer } = await readyPacer({ requests: 1, perMs: 1_000 });
    const controller = new AbortController();
    const waiting = pacer.turn(controller.signal);
    controller.abort();
    await expect(waiting).rejects.toThrow('aborted');
    await clock.runToEnd();
    expect(clock.now()).toBe(0);
  });

  test('ends a wait as soon as its signal aborts, and goes on with the next request', async () => {
    const { clock, pacer } = await readyPacer({ requests: 1, perMs: 1_000 });
    const controller = new AbortController();
    const waiting = pacer.turn(controller.signal);
    const next = pacer.turn();
    controller.abort();
    await expect(waiting).rejects.toThrow('aborted');
    await clock.runToEnd();
    await expect(next).resolves.toHaveProperty('waitedMs');
  });
});

describe('a client', () => {
  const day = 86_400_000;
  const request = { ...types, inputs: [input('1', '2')] };

  /** Makes a call, aborts it if it waits, and returns whether it was sent. */
  async function isSent(client: AssociationsClient): Promise<boolean> {
    const controller = new AbortController();
    const call = client.batchCreate(request, { signal: controller.signal }).then(
      () => true,
      () => false,
    );
    // A request that is sent immediately has been answered after a few turns of the event loop.
    for (let turns = 0; turns < 10; turns += 1) await new Promise((resolve) => setImmediate(resolve));
    controller.abort();
    return call;
  }
  const answer = (headers: Record<string, string> = {}): Promise<Response> =>
    Promise.resolve(Response.json(complete, { status: 201, headers }));

  test.each<[number, boolean]>([
    [0, false],
    [9, true],
    // No server can have more left than its limit, so this header is ignored.
    [11, true],
  ])('whose server says that %d requests of ten are left', async (remaining, sent) => {
    const headers = {
      'X-HubSpot-RateLimit-Max': '10',
      'X-HubSpot-RateLimit-Remaining': String(remaining),
      'X-HubSpot-RateLimit-Interval-Milliseconds': String(day),
    };
    const allowance = { requests: 10, perMs: day };
    const client = createAssociationsClient({ accessToken: 'any', allowance, fetch: () => answer(headers) });
    expect(await isSent(client)).toBe(true);
    expect(await isSent(client)).toBe(sent);
  });

  test.each<[string, number[], boolean]>([
    ['just now', [0, 0], false],
    ['one just now, and one two windows ago', [0, 2 * day], true],
    ['by a clock that is ahead', [-day, -day], false],
  ])('whose allowance had been used before: %s', async (_, ages, sent) => {
    const earlierRequests = ages.map((ms) => new Date(Date.now() - ms));
    const allowance = { requests: 2, perMs: day };
    const client = createAssociationsClient({ accessToken: 'any', allowance, earlierRequests, fetch: () => answer() });
    expect(await isSent(client)).toBe(sent);
  });

  test('refuses earlier requests that are not dates', () => {
    const invalid = { accessToken: 'any', earlierRequests: [new Date('soon')] };
    expect(() => createAssociationsClient(invalid)).toThrow('earlierRequests');
  });
});
