import { expect, test } from '@jest/globals';
import { createErrorBudget, type ErrorBudget } from './error-budget.js';

/** Adds attempts, of which every `every`-th was answered with an error. */
function add(budget: ErrorBudget, attempts: number, every: number): void {
  for (let attempt = 1; attempt <= attempts; attempt += 1) budget.add(attempt % every === 0);
}

test('five errors in a hundred are tolerated', () => {
  const budget = createErrorBudget();
  add(budget, 2_000, 20);
  expect(budget.slowdown).toBe(0);
  expect(budget.exhausted()).toBe(false);
});

test('more of them slow the client down, step by step after every hundred attempts', () => {
  const budget = createErrorBudget();
  const seen = [1, 2, 3, 4].map(() => {
    add(budget, 100, 10);
    return budget.slowdown;
  });
  expect(seen).toEqual([2, 4, 8, 8]);
});

test('the client speeds up again when the errors end', () => {
  const budget = createErrorBudget();
  add(budget, 300, 10);
  const seen = [1, 2, 3].map(() => {
    add(budget, 100, 1_000);
    return budget.slowdown;
  });
  expect(seen).toEqual([4, 2, 0]);
});

test('it is exhausted, once, when slowing down has not helped for a thousand attempts', () => {
  const budget = createErrorBudget();
  add(budget, 900, 10);
  expect(budget.exhausted()).toBe(false);
  add(budget, 100, 10);
  expect([budget.exhausted(), budget.exhausted()]).toEqual([true, false]);
});

test('errors of long ago do not count', () => {
  const budget = createErrorBudget();
  add(budget, 900, 10);
  add(budget, 100, 1_000);
  expect(budget.exhausted()).toBe(false);
});

test('it is not exhausted before the first attempt, nor while the client can still slow down', () => {
  const budget = createErrorBudget();
  expect(budget.exhausted()).toBe(false);
  add(budget, 300, 1);
  add(budget, 600, 1_000);
  add(budget, 100, 1);
  expect(budget.slowdown).toBe(2);
  expect(budget.exhausted()).toBe(false);
});

test('only the last thousand attempts count, however many came before', () => {
  const budget = createErrorBudget();
  add(budget, 1_500, 1_000);
  add(budget, 1_000, 10);
  expect(budget.exhausted()).toBe(true);
});
