import { appendFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Exchange } from './exchange.js';

/** What one test found at one coverage item. */
export interface Observation {
  readonly itemId: string;
  /** The full name of the test. */
  readonly test: string;
  readonly passed: boolean;
  readonly durationMs: number;
  /** What was expected and what came, where it failed. */
  readonly failure?: string | undefined;
  readonly exchange?: Exchange | undefined;
}

/**
 * Writes down what a test found, one JSON line each, in a file of this process in the folder that
 * `CONTRACT_RECORDS` names. Does nothing where that is not set.
 */
export function record(observation: Observation): void {
  const folder = process.env['CONTRACT_RECORDS'];
  if (folder === undefined || folder === '') return;
  mkdirSync(folder, { recursive: true });
  appendFileSync(join(folder, `${String(process.pid)}.ndjson`), `${JSON.stringify(observation)}\n`);
}

/** Whether a value is what a test wrote down. */
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
