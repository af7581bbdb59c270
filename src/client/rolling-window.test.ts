import { describe, expect, test } from '@jest/globals';
import type { CountedRequest } from './requests-in-window.js';
import { createRollingWindow, type RollingWindow } from './rolling-window.js';

const professional = { requests: 190, perMs: 10_000 };

/** Sends this many requests, 5 ms apart. Each leaves the process immediately and is answered after `replyMs`. */
function burst(window: RollingWindow, count: number, from: number, replyMs: number): CountedRequest[] {
  return Array.from({ length: count }, (_, index) => {
    const request = window.send(from + 5 * index);
    window.leftProcess(request, from + 5 * index, 0);
    window.end(request, from + 5 * index + replyMs, 201);
    return request;
  });
}

describe('a request counts', () => {
  test('until one window after its reply, plus a margin for the clocks', () => {
    const window = createRollingWindow(professional, [], 0);
    burst(window, 190, 0, 15);
    expect(window.nextAt(1_000)).toBeGreaterThanOrEqual(10_000);
    // Its arrival is judged only now.
    expect(window.nextAt(10_004)).toBe(10_018);
    expect(window.nextAt(10_018)).toBeLessThanOrEqual(10_018);
  });

  test('for a window from shortly after it was sent, if its reply was slow', () => {
    const window = createRollingWindow(professional, [], 0);
    burst(window, 190, 0, 3_000);
    expect(window.nextAt(10_004)).toBe(10_033);
  });

  test('while it is in progress, for two windows at most', () => {
    const window = createRollingWindow({ requests: 1, perMs: 1_000 }, [], 0);
    window.send(0);
    expect(window.nextAt(1_500)).toBeCloseTo(2_002, 0);
    expect(window.nextAt(2_003)).toBeLessThanOrEqual(2_003);
  });

  test('not at all if it was never sent', () => {
    const window = createRollingWindow({ requests: 1, perMs: 1_000 }, [], 0);
    const request = window.send(0);
    expect(window.nextAt(0)).toBeGreaterThanOrEqual(1_000);
    window.withdraw(request);
    expect(window.nextAt(0)).toBeLessThanOrEqual(0);
  });

  test('for a window from its end, if there was no reply', () => {
    const window = createRollingWindow({ requests: 1, perMs: 1_000 }, [], 0);
    const request = window.send(0);
    expect(window.nextAt(900)).toBeGreaterThanOrEqual(1_000);
    window.end(request, 950, undefined);
    expect(window.nextAt(1_100)).toBeCloseTo(1_952, 0);
  });
});

test.each([
  ['from when it was sent until one window later, at least', 9_500, 10_500, 10_602.1],
  ['as if it had arrived by the start of this client', 9_950, 10_950, 11_002.1],
  ['still, if it may have arrived late enough', 8_901, 10_003.1, 10_003.1],
  ['as sent just now, if it lies in the future', 12_000, 11_000, 11_002.1],
])('a request of an earlier client counts %s', (_, sentAt, first, then) => {
  const window = createRollingWindow({ requests: 1, perMs: 1_000 }, [sentAt], 10_000);
  expect(window.nextAt(10_000)).toBeCloseTo(first, 3);
  expect(window.nextAt(first - 0.01)).toBeCloseTo(first, 3);
  if (then > first) expect(window.nextAt(first)).toBeCloseTo(then, 3);
  expect(window.nextAt(then)).toBeLessThanOrEqual(then);
});

test('a request of an earlier client that must have arrived more than a window ago does not count', () => {
  const window = createRollingWindow({ requests: 1, perMs: 1_000 }, [8_900], 10_000);
  expect(window.nextAt(10_000)).toBeLessThanOrEqual(10_000);
});

test('requests of an earlier client may be given in any order', () => {
  const window = createRollingWindow({ requests: 2, perMs: 1_000 }, [9_990, 9_000], 10_000);
  expect(window.nextAt(10_000)).toBeCloseTo(10_102.1, 3);
});

describe('a request whose reply was slow may have arrived', () => {
  /** When it stops to count: one window and 3 ms after that. */
  function countsUntil(leftAfterMs: number, ...lateMs: readonly number[]): number {
    const window = createRollingWindow({ requests: 1, perMs: 10_000 }, [], 0);
    const requests = lateMs.map((late) => {
      const request = window.send(0);
      window.leftProcess(request, leftAfterMs, late);
      return request;
    });
    for (const request of requests.slice(0, -1)) window.withdraw(request);
    for (const request of requests.slice(-1)) window.end(request, 3_000, 201);
    return window.nextAt(10_004);
  }

  test.each([
    ['30 ms after it left the process', 0, [0], 10_033],
    ['so long after it did, not after it was sent', 5, [0], 10_038],
    ['the later the more the event loop lags behind', 0, [100], 10_093],
    ['the later the longer it has been doing so', 0, [100, 100], 10_147],
    ['less late once it no longer does', 0, [100, 0], 10_087],
  ])('%s', (_, leftAfterMs, lateMs, expected) => {
    expect(countsUntil(leftAfterMs, ...lateMs)).toBeCloseTo(expected, 3);
  });
});

test('the end of a request without a reply does not show that those sent before it have arrived', () => {
  const window = createRollingWindow({ requests: 2, perMs: 10_000 }, [], 0);
  window.leftProcess(window.send(0), 0, 0);
  const failing = window.send(10);
  window.leftProcess(failing, 10, 0);
  window.end(failing, 20, undefined);
  expect(window.nextAt(10_040)).toBeLessThanOrEqual(10_040);
  window.send(10_040);
  expect(window.nextAt(10_040)).toBeGreaterThanOrEqual(20_000);
});

test('after a refusal, requests wait for the pause and then keep a distance', () => {
  const window = createRollingWindow({ requests: 100, perMs: 10_000 }, [], 0);
  window.end(window.send(0), 50, 429);
  expect(window.nextAt(60)).toBe(550);
  window.send(550);
  // A quarter of the window, spread over the 70 requests that are left of the limit.
  expect(window.nextAt(551)).toBeCloseTo(550 + 2_500 / 70, 3);
});

describe('the count of the server', () => {
  test('may include requests that were sent after the one that it answers', () => {
    const window = createRollingWindow({ requests: 10, perMs: 10_000 }, [], 0);
    const first = window.send(0);
    for (let sentAt = 1; sentAt <= 4; sentAt += 1) window.send(sentAt);
    window.end(first, 2_000, 201, { limit: 10, remaining: 5 });
    expect(window.nextAt(2_001)).toBeLessThanOrEqual(2_001);
  });

  test('may not include yet those that were sent shortly before', () => {
    const window = createRollingWindow({ requests: 3, perMs: 10_000 }, [], 0);
    window.send(0);
    window.nextAt(10_480);
    window.send(10_490);
    window.end(window.send(10_500), 10_600, 201, { limit: 3, remaining: 1 });
    expect(window.nextAt(10_600)).toBeGreaterThanOrEqual(20_000);
  });

  test('frees nothing for a while after a refusal, which shows that such guesses fail', () => {
    const window = createRollingWindow({ requests: 3, perMs: 10_000 }, [], 0);
    window.send(0);
    window.end(window.send(100), 200, 429);
    window.nextAt(10_500);
    window.end(window.send(10_500), 10_600, 201, { limit: 3, remaining: 2 });
    window.send(10_700);
    expect(window.nextAt(10_700)).toBeGreaterThanOrEqual(20_000);
  });
});

test('what the server counts beyond this client’s requests was spent by other clients', () => {
  const window = createRollingWindow(professional, [], 0);
  const [first] = burst(window, 10, 0, 15);
  if (first === undefined) throw new Error('nothing was sent');
  const next = window.send(100);
  window.end(next, 110, 201, { limit: 190, remaining: 79 });
  // 111 were counted, 11 of this client: 100 of others. So 90 may be sent, of which 11 have been.
  burst(window, 79, 120, 15);
  expect(window.nextAt(600)).toBeGreaterThanOrEqual(10_000);
});

test.each([
  [2, 'what the server does not count any more has expired', 10_700],
  [1, 'what it still counts has not', 20_000],
])('with %d remaining, %s', (remaining, _, at) => {
  const window = createRollingWindow({ requests: 3, perMs: 10_000 }, [], 0);
  // It has expired when the others are sent.
  window.end(window.send(0), 15, 201);
  // It has been in progress for more than a window, so it may have arrived at any time.
  window.send(0);
  window.nextAt(10_500);
  window.end(window.send(10_500), 10_600, 201, { limit: 3, remaining });
  window.send(10_700);
  if (at === 10_700) expect(window.nextAt(10_700)).toBeLessThanOrEqual(at);
  else expect(window.nextAt(10_700)).toBeGreaterThanOrEqual(at);
});

test('a request costs no more with an allowance of a million than with a small one', () => {
  const window = createRollingWindow({ requests: 1_000_000, perMs: 10_000 }, [], 0);
  let waits = 0;
  for (let index = 0; index < 100_000; index += 1) {
    const now = index / 10;
    if (window.nextAt(now) > now) waits += 1;
    const request = window.send(now);
    window.leftProcess(request, now, 0);
    window.end(request, now + 5, 201, { limit: 1_000_000, remaining: 1_000_000 - index - 1 });
  }
  expect(waits).toBe(0);
}, 60_000);
