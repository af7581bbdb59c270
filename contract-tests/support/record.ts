import { appendFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Observation } from '../report/model.js';

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
