import { appendFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Exchange } from './exchange.js';

/** The result of one test of one coverage item. */
export interface Observation {
  readonly itemId: string;
  /** The full name of the test. */
  readonly test: string;
  readonly passed: boolean;
  readonly durationMs: number;
  /** What was expected and what happened, if the test failed. */
  readonly failure?: string | undefined;
  readonly exchange?: Exchange | undefined;
}

/**
 * Appends the result of a test as a JSON line to a file in the folder `CONTRACT_RECORDS`; each process writes its
 * own. Does nothing if the variable is not set.
 */
export function record(observation: Observation): void {
  const folder = process.env['CONTRACT_RECORDS'];
  if (folder === undefined || folder === '') return;
  mkdirSync(folder, { recursive: true });
  appendFileSync(join(folder, `${String(process.pid)}.ndjson`), `${JSON.stringify(observation)}\n`);
}

export function isObservation(value: unknown): value is Observation {
  if (typeof value !== 'object' || value === null) return false;
  const { itemId, test, passed, durationMs, failure, exchange }: Partial<Record<string, unknown>> = { ...value };
  return (
    typeof itemId === 'string' &&
    typeof test === 'string' &&
    typeof passed === 'boolean' &&
    typeof durationMs === 'number' &&
    ['string', 'undefined'].includes(typeof failure) &&
    ['object', 'undefined'].includes(typeof exchange)
  );
}
