import type { Cell, Exchange } from '../report/model.js';
import { recorder } from './exchange.js';
import { failureText } from './failure.js';
import type { Subject } from './subject.js';

/** One cell, and how to find out whether it holds. */
export interface Check {
  readonly cell: Cell;
  /** Rejects when the cell does not hold. */
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
    return { passed: false, failure: failureText(check.cell, error, mock.last()), exchange: mock.last() };
  }
}
