import type { CoverageItem } from '../spec/coverage-item.js';
import { operationsOf, type JsonObject } from '../../src/openapi/index.js';
import { contextsOf, type Check, type CheckContext } from './context.js';
import { deviationChecks } from './deviation-checks.js';
import { replyChecks } from './reply-checks.js';
import { requestChecks } from './request-checks.js';
import { violationChecks } from './violation-checks.js';

/** The checks of one description, by kind. */
export interface Checks {
  readonly requests: readonly Check[];
  readonly violations: readonly Check[];
  readonly replies: readonly Check[];
  readonly deviations: readonly Check[];
}

/**
 * Derives all checks from a description: one for each operation, constraint, status and example. No test code is
 * needed, because `npm run generate` refuses what the suite cannot test.
 */
export function checksOf(document: JsonObject): Checks {
  const contexts = contextsOf(document, operationsOf(document));
  const derive = (checks: (context: CheckContext) => Check[]): Check[] => contexts.flatMap(checks);
  const derived: Checks = {
    requests: derive(requestChecks),
    violations: derive(violationChecks),
    replies: derive(replyChecks),
    deviations: derive(deviationChecks),
  };
  requireDistinct(derived);
  return derived;
}

/** Everything in a description that the suite must exercise. */
export function coverageItemsOf(document: JsonObject): CoverageItem[] {
  return allChecks(checksOf(document)).map(({ item }) => item);
}

/** The checks of all kinds. */
export function allChecks({ requests, violations, replies, deviations }: Checks): Check[] {
  return [...requests, ...violations, ...replies, ...deviations];
}

/** Two items with the same id would hide each other's failures. */
function requireDistinct(checks: Checks): void {
  const seen = new Set<string>();
  for (const { item } of allChecks(checks)) {
    if (seen.has(item.id)) throw new Error(`Two coverage items have the id ${item.id}.`);
    seen.add(item.id);
  }
}
