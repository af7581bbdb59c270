import { objectOf, operationsOf, type JsonObject } from '../support/document.js';
import { seed } from '../support/seed.js';
import type { Cell, ContractReport, Observation, OtherFailure } from './model.js';
import { redactObservation } from './redact.js';

/** What a run came to, before it is put together. */
export interface Findings {
  readonly document: JsonObject;
  readonly cells: readonly Cell[];
  readonly observations: readonly Observation[];
  /** The tests that failed; those that an observation tells of are reported at its cell. */
  readonly failedTests: readonly OtherFailure[];
  readonly startedAt: Date;
  readonly target: string;
  readonly complete: boolean;
  /** What must not be in the report, wherever it stands. */
  readonly secrets?: readonly string[];
}

/** Puts together what a run found, cell by cell. Observations of cells that the spec does not have are failures. */
export function buildReport(findings: Findings): ContractReport {
  const { document, cells, startedAt, target, complete } = findings;
  const info = objectOf(document['info']);
  const observations = findings.observations.map((observation) => redactObservation(observation, findings.secrets));
  const byCell = groupByCell(observations);
  const known = new Set(cells.map(({ id }) => id));
  const strays = observations.filter(({ cellId }) => !known.has(cellId));
  const told = new Set(observations.filter(({ passed }) => !passed).map(({ test }) => test));
  return {
    title: String(info['title']),
    version: String(info['version']),
    seed,
    startedAt: startedAt.toISOString(),
    durationMs: Date.now() - startedAt.getTime(),
    target,
    operations: operationsOf(document).map(({ operationId, method, path }) => ({ operationId, method, path })),
    cells: cells.map((cell) => ({ ...cell, observations: byCell.get(cell.id) ?? [] })),
    complete,
    otherFailures: [
      ...findings.failedTests.filter(({ test }) => !told.has(test)),
      ...strays.map(({ test, cellId }) => ({ test, failure: `recorded ${cellId}, which the spec does not have` })),
    ],
  };
}

function groupByCell(observations: readonly Observation[]): Map<string, Observation[]> {
  const groups = new Map<string, Observation[]>();
  for (const observation of observations) {
    const group = groups.get(observation.cellId);
    if (group === undefined) groups.set(observation.cellId, [observation]);
    else group.push(observation);
  }
  return groups;
}
