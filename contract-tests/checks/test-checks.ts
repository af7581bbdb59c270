import { expect, test } from '@jest/globals';
import { record } from '../judges/observation.js';
import type { Subject } from '../judges/subject.js';
import type { Check } from './context.js';
import { runCheck } from './run-check.js';

/** Makes a test of each check. What it finds is recorded, and a failure is told without a stack. */
export function testChecks(checks: readonly Check[], subject: () => Subject): void {
  test.each(checks.map((check) => [titleOf(check), check] as const))('%s', async (_, check) => {
    const startedAt = performance.now();
    const { passed, failure, exchange } = await runCheck(check, subject());
    const { currentTestName = check.item.title } = expect.getState();
    const durationMs = performance.now() - startedAt;
    record({ itemId: check.item.id, test: currentTestName, passed, durationMs, failure, exchange });
    if (failure !== undefined) throw withoutStack(failure);
  });
}

function titleOf({ item: { operationId, status, title } }: Check): string {
  return [operationId, status, title]
    .filter((part) => part !== undefined)
    .join(' ')
    .replaceAll('%', '%%');
}

/** The place in the suite says nothing: the failure names the place in the spec. */
function withoutStack(message: string): Error {
  const error = new Error(message);
  error.stack = message;
  return error;
}
