import { expect, test } from '@jest/globals';
import { runCheck, type Check } from './check.js';
import { record } from '../judges/observation.js';
import type { Subject } from '../judges/subject.js';

/** Makes a test of each check. What it finds is recorded, and a failure is told without a stack. */
export function testChecks(checks: readonly Check[], subject: () => Subject): void {
  test.each(checks.map((check) => [titleOf(check), check] as const))('%s', async (_, check) => {
    const { passed, failure, exchange } = await runCheck(check, subject());
    const { currentTestName = check.item.title } = expect.getState();
    record({ itemId: check.item.id, test: currentTestName, passed, failure, exchange });
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
