import { expect, test } from '@jest/globals';
import { record } from '../judges/observation.js';
import type { Subject } from '../judges/subject.js';
import type { Check } from './context.js';
import { runCheck } from './run-check.js';

/** Defines one test per check, which records its result. */
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

/** A stack trace would point into the suite; the message already points at the line of the spec. */
function withoutStack(message: string): Error {
  const error = new Error(message);
  error.stack = message;
  return error;
}
