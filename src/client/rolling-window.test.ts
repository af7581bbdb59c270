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
