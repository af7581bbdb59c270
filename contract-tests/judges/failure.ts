import { isDeepStrictEqual } from 'node:util';
import type { Exchange } from './exchange.js';
import { exchangeText } from './exchange-text.js';
import { sourceLine } from '../spec/lines.js';
import type { CoverageItem } from '../spec/coverage-item.js';
import { seed } from '../values/seed.js';

/** Something is not as the spec says. The message is all that is to be said. */
class ContractFailure extends Error {
  override readonly name = 'ContractFailure';
}

/** Fails with both values when they differ. */
export function requireEqual(actual: unknown, expected: unknown, what: string): void {
  if (isDeepStrictEqual(asJson(actual), asJson(expected))) return;
  throw new ContractFailure(`${what}\n  expected ${shown(expected)}\n  received ${shown(actual)}`);
}

/** Values of a reply may come from another realm, whose objects are never strictly equal to those of this one. */
function asJson(value: unknown): unknown {
  return value === undefined ? undefined : JSON.parse(JSON.stringify(value));
}

/** Fails when something does not hold. */
export function requireThat(holds: boolean, what: string): asserts holds {
  if (!holds) throw new ContractFailure(what);
}

/** Some members of whatever a promise was rejected with. */
export function pick(value: unknown, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(names.map((name): [string, unknown] => [name, Reflect.get(Object(value), name)]));
}

/** A value as a failure shows it. */
export function shown(value: unknown): string {
  const text = typeof value === 'bigint' || value === undefined ? String(value) : JSON.stringify(value);
  return text.length > 1_500 ? `${text.slice(0, 1_500)}…` : text;
}

/** What failed, where the spec asks for it, and what went over the wire. */
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

/** An error of fast-check tells the failure and the counterexample in its message. */
function stackOf(error: Error): string {
  return error.message.startsWith('Property failed') ? error.message : (error.stack ?? error.message);
}
