import type { Observation } from '../judges/observation.js';
import type { CoverageItem } from '../spec/coverage-item.js';
import { objectOf, operationsOf, type JsonObject } from '../../src/openapi/index.js';
import { sourceLine } from '../spec/lines.js';
import { seed } from '../values/seed.js';
import { grouped } from './grouped.js';
import type { ContractReport, OtherTest } from './model.js';
import { redactObservation } from './redact.js';

/** The raw results of a run. */
export interface Findings {
  readonly document: JsonObject;
  readonly items: readonly CoverageItem[];
  readonly observations: readonly Observation[];
  /** Results from jest and the checks. A test that recorded an observation is reported at its coverage item instead. */
  readonly otherTests: readonly OtherTest[];
  readonly startedAt: Date;
  readonly target: string;
  readonly complete: boolean;
  /** Values to redact everywhere in the report. */
  readonly secrets?: readonly string[];
}

/** Builds the report of a run. An observation of an unknown coverage item is a failure. */
export function buildReport(findings: Findings): ContractReport {
  const { document, items, startedAt, target, complete, otherTests } = findings;
  const info = objectOf(document['info']);
  const observations = findings.observations.map((observation) => redactObservation(observation, findings.secrets));
  const byItem = grouped(observations, ({ itemId }) => itemId);
  const known = new Set(items.map(({ id }) => id));
  const unknownItems = observations.filter(({ itemId }) => !known.has(itemId));
  const observedTests = new Set(observations.map(({ test }) => test));
  return {
    title: String(info['title']),
    version: String(info['version']),
    seed,
    startedAt: startedAt.toISOString(),
    durationMs: Date.now() - startedAt.getTime(),
    target,
    operations: operationsOf(document).map(({ operationId, method, path }) => ({ operationId, method, path })),
    items: items.map((item) => ({ ...item, ...sourceLine(item.pointer), observations: byItem.get(item.id) ?? [] })),
    complete,
    otherTests: [
      ...otherTests.filter(({ name }) => !observedTests.has(name)),
      ...unknownItems.map(({ test, itemId, durationMs }) => {
        const failure = `no such coverage item: ${itemId}`;
        return { suite: 'unknown coverage items', name: test, durationMs, failure };
      }),
    ],
  };
}
