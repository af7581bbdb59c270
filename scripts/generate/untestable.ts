import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { isJsonObject, listOf } from '../../src/openapi/index.js';
import { InvalidSpecError } from './read-spec.js';
import type { Spec } from './spec.js';
import type { Finding } from './supported/findings.js';

const project = join(import.meta.dirname, '..', '..');

/** Far longer than any schema takes, unless generation never ends. */
const timeoutMs = 60_000;

/**
 * Asks the contract suite for schemas that it cannot generate values for.
 *
 * @throws InvalidSpecError if the suite fails or exceeds the timeout.
 */
export async function untestableIn(spec: Spec): Promise<Finding[]> {
  const suite = join('contract-tests', 'find-untestable.ts');
  const child = spawn(process.execPath, ['--import', 'tsx', suite], {
    cwd: project,
    stdio: ['pipe', 'pipe', 'inherit'],
    timeout: timeoutMs,
  });
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  child.stdin.end(JSON.stringify(spec));
  const [answer, exitCode] = await Promise.all([text(child.stdout), ended]);
  if (exitCode !== 0) {
    const problem = exitCode === null ? `has no result after ${String(timeoutMs / 1_000)} seconds` : 'failed';
    throw new InvalidSpecError(`openapi/: ${suite}, which looks for schemas without a valid value, ${problem}.`);
  }
  const findings: unknown = JSON.parse(answer);
  return listOf(findings).filter(isFinding);
}

function isFinding(value: unknown): value is Finding {
  return isJsonObject(value) && ['pointer', 'keyword', 'reason'].every((name) => typeof value[name] === 'string');
}
