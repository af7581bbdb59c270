import type { Exchange } from '../judges/exchange.js';
import type { CoverageItem } from '../spec/coverage-item.js';
import { recorder } from '../judges/exchange.js';
import { failureText } from '../judges/failure.js';
import type { Subject } from '../judges/subject.js';

/** One coverage item, and how to find out whether it holds. */
export interface Check {
  readonly item: CoverageItem;
  /** Rejects when the coverage item does not hold. */
  run(subject: Subject): Promise<void>;
}

/** What a check came to. */
export interface CheckResult {
  readonly passed: boolean;
  readonly failure?: string;
  readonly exchange?: Exchange | undefined;
}

/** Runs one check and keeps its last request and reply. */
export async function runCheck(check: Check, subject: Subject): Promise<CheckResult> {
  const mock = recorder(subject.mock);
  try {
    await check.run({ ...subject, mock: mock.fetch });
    return { passed: true, exchange: mock.last() };
  } catch (error) {
    return { passed: false, failure: failureText(check.item, error, mock.last()), exchange: mock.last() };
  }
}
