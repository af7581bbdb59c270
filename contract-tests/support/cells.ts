import type { Cell } from '../report/model.js';
import type { SchemaSource } from './arbitrary.js';
import { cellMaker } from './cell-maker.js';
import type { Check } from './check.js';
import { deviationChecks } from './deviation-checks.js';
import { operationsOf, type JsonObject } from './document.js';
import { headerChecks } from './header-checks.js';
import { replyChecks } from './reply-checks.js';
import { requestChecks } from './request-checks.js';
import { schemaOracle } from './schema-oracle.js';
import { violationChecks } from './violation-checks.js';

/** The checks of one description, by what they are about. */
export interface Checks {
  readonly requests: readonly Check[];
  readonly violations: readonly Check[];
  readonly replies: readonly Check[];
  readonly deviations: readonly Check[];
}

/**
 * Derives every check from a description: each operation, constraint, status and example gets its
 * own, without a line of test code.
 *
 * @throws Error for a keyword or format that the suite does not know.
 */
export function checksOf(document: JsonObject): Checks {
  const source: SchemaSource = { document, conforms: schemaOracle(document) };
  const cells = cellMaker(document);
  const operations = operationsOf(document);
  const derive = (checks: typeof requestChecks): Check[] =>
    operations.flatMap((operation) => checks(source, cells, operation));
  const derived: Checks = {
    requests: derive(requestChecks),
    violations: derive(violationChecks),
    replies: [...derive(replyChecks), ...derive(headerChecks)],
    deviations: derive(deviationChecks),
  };
  requireDistinct(derived);
  return derived;
}

/** Everything of a description that the suite has to exercise. */
export function cellsOf(document: JsonObject): Cell[] {
  return allChecks(checksOf(document)).map(({ cell }) => cell);
}

/** The checks of every kind. */
export function allChecks({ requests, violations, replies, deviations }: Checks): Check[] {
  return [...requests, ...violations, ...replies, ...deviations];
}

/** Two cells of one id would hide each other's failures. */
function requireDistinct(checks: Checks): void {
  const seen = new Set<string>();
  for (const { cell } of allChecks(checks)) {
    if (seen.has(cell.id)) throw new Error(`Two cells have the id ${cell.id}.`);
    seen.add(cell.id);
  }
}
