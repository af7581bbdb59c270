import { describe, expect, test } from '@jest/globals';
import { createLearnedLimit } from './learned-limit.js';

describe('refusals', () => {
  test('lower the limit to what was accepted, but a single burst to no less than 70 %', () => {
    const limit = createLearnedLimit(200, 10_000);
    for (let sent = 50; sent < 200; sent += 1) limit.refused(100, 50, 200);
    expect(limit.at(200)).toBe(140);
    limit.refused(5_000, 50, 5_100);
    expect(limit.at(5_100)).toBe(98);
  });

  test('of a request that the window had room for do not lower the limit at first, and by 10 % when they go on', () => {
    const limit = createLearnedLimit(200, 10_000);
    limit.refused(100, 200, 200);
    expect(limit.at(200)).toBe(200);
    limit.refused(1_000, 200, 1_100);
    expect(limit.at(1_100)).toBe(180);
  });

  test('are forgotten gradually, by 3 % per window', () => {
    const limit = createLearnedLimit(200, 10_000);
    limit.refused(0, 150, 0);
    expect([9_999, 10_000, 20_000, 1_000_000].map((now) => limit.at(now))).toEqual([150, 155, 160, 200]);
  });

  test('are followed by a pause that doubles while they go on, up to a window', () => {
    const limit = createLearnedLimit(200, 10_000);
    const pauses = [0, 1_000, 3_000, 6_000, 11_000, 20_000, 31_000].map((now) => {
      limit.refused(now - 1, 200, now);
      return limit.pausedUntil - now;
    });
    expect(pauses).toEqual([500, 1_000, 2_000, 4_000, 8_000, 10_000, 10_000]);
  });

  test('of one burst are followed by one pause', () => {
    const limit = createLearnedLimit(200, 10_000);
    limit.refused(90, 200, 100);
    limit.refused(95, 200, 150);
    limit.refused(100, 200, 190);
    expect(limit.pausedUntil).toBe(600);
  });

  test('spread the next requests over a quarter of the window, for one window', () => {
    const limit = createLearnedLimit(200, 10_000);
    expect(limit.distanceMs(0)).toBe(0);
    limit.refused(0, 200, 0);
    expect([1, 9_999, 10_000].map((now) => limit.distanceMs(now))).toEqual([12.5, 12.5, 0]);
  });

  test('forbid guesses for five windows, and for twice as many after the next refusal', () => {
    const limit = createLearnedLimit(200, 10_000);
    expect(limit.guess(0)).toBe(true);
    limit.refused(0, 200, 0);
    expect([limit.guess(49_999), limit.guess(50_000)]).toEqual([false, true]);
    limit.refused(60_000, 200, 60_000);
    expect([limit.guess(159_999), limit.guess(160_000)]).toEqual([false, true]);
  });
});

describe('what other clients spend', () => {
  test('lowers the limit for a window and a half', () => {
    const limit = createLearnedLimit(100, 10_000);
    limit.spentByOthers(100, 60, 0);
    limit.spentByOthers(100, 20, 1_000);
    expect([1_000, 15_000, 15_001].map((now) => limit.at(now))).toEqual([40, 40, 100]);
  });

  test('is not confused with a few requests that overtook one another', () => {
    const limit = createLearnedLimit(100, 10_000);
    limit.spentByOthers(100, 3, 0);
    expect(limit.at(0)).toBe(100);
    limit.spentByOthers(100, 4, 0);
    expect(limit.at(0)).toBe(96);
  });

  test('leaves at least one request, and a server with a higher limit changes nothing', () => {
    const limit = createLearnedLimit(100, 10_000);
    limit.spentByOthers(1_000, 0, 0);
    expect(limit.at(0)).toBe(100);
    limit.spentByOthers(100, 100, 0);
    expect(limit.at(0)).toBe(1);
  });
});
