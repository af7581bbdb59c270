import { recorder, type Exchange } from '../judges/exchange.js';
import { failureText } from '../judges/failure.js';
import type { Subject } from '../judges/subject.js';
import type { Check } from './context.js';

/** The result of a check. */
export interface CheckResult {
  readonly passed: boolean;
  readonly failure?: string;
  readonly exchange?: Exchange | undefined;
}

/** Runs one check, and records its last request and reply. */
export async function runCheck(check: Check, subject: Subject): Promise<CheckResult> {
  const { recorded, last } = recorder(subject);
  try {
    await check.run(recorded);
    return { passed: true, exchange: last() };
  } catch (error) {
    return { passed: false, failure: failureText(check.item, error, last()), exchange: last() };
  }
}
