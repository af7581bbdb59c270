import { isDeepStrictEqual } from 'node:util';
import type { Exchange } from './exchange.js';
import { exchangeText } from './exchange-text.js';
import { sourceLine } from '../spec/lines.js';
import type { CoverageItem } from '../spec/coverage-item.js';
import { seed } from '../values/seed.js';

/** A violation of the contract. Its message is complete without a stack trace. */
class ContractFailure extends Error {
  override readonly name = 'ContractFailure';
}

/** Fails if the values differ, and shows both. */
export function requireEqual(actual: unknown, expected: unknown, what: string): void {
  if (isDeepStrictEqual(asJson(actual), asJson(expected))) return;
  throw new ContractFailure(`${what}\n  expected ${shown(expected)}\n  received ${shown(actual)}`);
}

/** Objects of a reply may come from another realm, where strict equality fails because of their prototypes. */
function asJson(value: unknown): unknown {
  return value === undefined ? undefined : JSON.parse(JSON.stringify(value));
}

/** Fails if a condition does not hold. */
export function requireThat(holds: boolean, what: string): asserts holds {
  if (!holds) throw new ContractFailure(what);
}

/** The named members of any value, such as a rejection reason. */
export function pick(value: unknown, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(names.map((name): [string, unknown] => [name, Reflect.get(Object(value), name)]));
}

/** A value as a failure shows it, cut to a readable length. */
export function shown(value: unknown): string {
  const text = typeof value === 'bigint' || value === undefined ? String(value) : JSON.stringify(value);
  return text.length > 1_500 ? `${text.slice(0, 1_500)}…` : text;
}

/** What failed, the line of the spec that requires it, and the last request and reply. */
export function failureText(item: CoverageItem, error: unknown, exchange: Exchange | undefined): string {
  const reason =
    error instanceof ContractFailure ? error.message : error instanceof Error ? stackOf(error) : String(error);
  const { file, line } = sourceLine(item.pointer);
  const lines = [
    reason,
    '',
    `spec:    ${file}:${String(line)} #${item.pointer}`,
    `seed:    ${String(seed)} (CONTRACT_SEED=${String(seed)} repeats this run)`,
    exchangeText(exchange),
  ];
  return lines.join('\n').trimEnd();
}

/** The message of a fast-check error already includes the failure and the counterexample. */
function stackOf(error: Error): string {
  return error.message.startsWith('Property failed') ? error.message : (error.stack ?? error.message);
}
