import { objectOf, operationsOf, type JsonObject } from '../spec/document.js';
import { seed } from '../values/seed.js';
import type { ContractReport, OtherFailure } from './model.js';
import type { Observation } from '../judges/observation.js';
import type { CoverageItem } from '../spec/coverage-item.js';
import { redactObservation } from './redact.js';

/** What a run came to, before it is put together. */
export interface Findings {
  readonly document: JsonObject;
  readonly items: readonly CoverageItem[];
  readonly observations: readonly Observation[];
  /** The tests that failed; those that an observation tells of are reported at its coverage item. */
  readonly failedTests: readonly OtherFailure[];
  readonly startedAt: Date;
  readonly target: string;
  readonly complete: boolean;
  /** What must not be in the report, wherever it stands. */
  readonly secrets?: readonly string[];
}

/** Puts together what a run found, coverage item by coverage item. Observations of coverage items that the spec does not have are failures. */
export function buildReport(findings: Findings): ContractReport {
  const { document, items, startedAt, target, complete } = findings;
  const info = objectOf(document['info']);
  const observations = findings.observations.map((observation) => redactObservation(observation, findings.secrets));
  const byItem = groupByItem(observations);
  const known = new Set(items.map(({ id }) => id));
  const strays = observations.filter(({ itemId }) => !known.has(itemId));
  const told = new Set(observations.filter(({ passed }) => !passed).map(({ test }) => test));
  return {
    title: String(info['title']),
    version: String(info['version']),
    seed,
    startedAt: startedAt.toISOString(),
    durationMs: Date.now() - startedAt.getTime(),
    target,
    operations: operationsOf(document).map(({ operationId, method, path }) => ({ operationId, method, path })),
    items: items.map((item) => ({ ...item, observations: byItem.get(item.id) ?? [] })),
    complete,
    otherFailures: [
      ...findings.failedTests.filter(({ test }) => !told.has(test)),
      ...strays.map(({ test, itemId }) => ({ test, failure: `recorded ${itemId}, which the spec does not have` })),
    ],
  };
}

function groupByItem(observations: readonly Observation[]): Map<string, Observation[]> {
  const groups = new Map<string, Observation[]>();
  for (const observation of observations) {
    const group = groups.get(observation.itemId);
    if (group === undefined) groups.set(observation.itemId, [observation]);
    else group.push(observation);
  }
  return groups;
}
