import { expect, test } from '@jest/globals';
import { createTrouble, type Trouble } from './trouble.js';

/** Notes so many attempts of which each `every`-th was answered with an error. */
function add(trouble: Trouble, attempts: number, every: number): void {
  for (let attempt = 1; attempt <= attempts; attempt += 1) trouble.add(attempt % every === 0);
}

test('five errors in a hundred are tolerated', () => {
  const trouble = createTrouble();
  add(trouble, 2_000, 20);
  expect(trouble.slowdown).toBe(0);
  expect(trouble.isHopeless()).toBe(false);
});

test('more of them make the client slower, hundred by hundred', () => {
  const trouble = createTrouble();
  const seen = [1, 2, 3, 4].map(() => {
    add(trouble, 100, 10);
    return trouble.slowdown;
  });
  expect(seen).toEqual([2, 4, 8, 8]);
});

test('when they end, it gets faster again', () => {
  const trouble = createTrouble();
  add(trouble, 300, 10);
  const seen = [1, 2, 3].map(() => {
    add(trouble, 100, 1_000);
    return trouble.slowdown;
  });
  expect(seen).toEqual([4, 2, 0]);
});

test('when slowing down does not help for a thousand attempts, it says so once', () => {
  const trouble = createTrouble();
  add(trouble, 900, 10);
  expect(trouble.isHopeless()).toBe(false);
  add(trouble, 100, 10);
  expect([trouble.isHopeless(), trouble.isHopeless()]).toEqual([true, false]);
});

test('errors of long ago are not held against it', () => {
  const trouble = createTrouble();
  add(trouble, 900, 10);
  add(trouble, 100, 1_000);
  expect(trouble.isHopeless()).toBe(false);
});
