import type { Observation } from '../judges/observation.js';
import type { CoverageItem } from '../spec/coverage-item.js';
import { objectOf, operationsOf, type JsonObject } from '../../src/openapi/index.js';
import { sourceLine } from '../spec/lines.js';
import { seed } from '../values/seed.js';
import { grouped } from './grouped.js';
import type { ContractReport, OtherTest } from './model.js';
import { redactObservation } from './redact.js';

/** What a run came to, before it is put together. */
export interface Findings {
  readonly document: JsonObject;
  readonly items: readonly CoverageItem[];
  readonly observations: readonly Observation[];
  /** All other tests; those that an observation tells of are reported at its coverage item. */
  readonly otherTests: readonly OtherTest[];
  readonly startedAt: Date;
  readonly target: string;
  readonly complete: boolean;
  /** What must not be in the report, wherever it stands. */
  readonly secrets?: readonly string[];
}

/** Puts together what a run found. An observation of a coverage item that the spec does not have is a failure. */
export function buildReport(findings: Findings): ContractReport {
  const { document, items, startedAt, target, complete, otherTests } = findings;
  const info = objectOf(document['info']);
  const observations = findings.observations.map((observation) => redactObservation(observation, findings.secrets));
  const byItem = grouped(observations, ({ itemId }) => itemId);
  const known = new Set(items.map(({ id }) => id));
  const strays = observations.filter(({ itemId }) => !known.has(itemId));
  const told = new Set(observations.map(({ test }) => test));
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
      ...otherTests.filter(({ name }) => !told.has(name)),
      ...strays.map(({ test, itemId, durationMs }) => {
        const failure = `recorded ${itemId}, which the spec does not have`;
        return { suite: 'strays', name: test, durationMs, failure };
      }),
    ],
  };
}
