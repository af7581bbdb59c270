import type { Cell, Observation } from '../report/model.js';
import type { Comparison, Deviation } from './deviations.js';
import type { StepResult } from './run-step.js';

/**
 * Says which cells of the spec a live reply exercised: the constraints of every place that the reply
 * has, its status, and what the request stood for.
 */
export function observationsOf(
  result: StepResult,
  { documented, visited, deviations }: Comparison,
  cells: readonly Cell[],
): Observation[] {
  const test = `live: ${result.step.title}`;
  const { exchange, failure, violations } = result;
  const schemas = new Set(visited.map(({ schema }) => schema.pointer));
  const observe = (cell: Cell, problem: string | undefined): Observation => ({
    cellId: cell.id,
    test,
    passed: problem === undefined,
    failure: problem,
    exchange,
  });
  return cells.flatMap((cell) => {
    if (cell.group === 'request' && cell.keyword === undefined)
      return result.step.conforms ? [observe(cell, failure)] : [];
    if (cell.group === 'request constraint') return isRefused(cell, result) ? [observe(cell, failure)] : [];
    if (documented === undefined || cell.status !== documented.status) return [];
    if (cell.group === 'status' && cell.keyword === undefined) return [observe(cell, violations[0])];
    if (cell.group !== 'reply constraint' || !schemas.has(schemaOf(cell))) return [];
    return [observe(cell, describe(deviations.find((deviation) => isAt(deviation, cell))))];
  });
}

/** The one constraint that a refused request broke. */
function isRefused({ keyword, pointer }: Cell, { step }: StepResult): boolean {
  if (step.title.startsWith('a token')) return keyword === 'security';
  return !step.conforms && keyword === 'required' && pointer.endsWith('MultiPost/required/0');
}

/** The schema whose keyword the cell is about. */
function schemaOf({ pointer, keyword = '' }: Cell): string {
  const end = pointer.lastIndexOf(`/${keyword}`);
  return end === -1 ? pointer : pointer.slice(0, end);
}

function isAt({ keyword, schema, member }: Deviation, cell: Cell): boolean {
  if (keyword !== cell.keyword || schema.pointer !== schemaOf(cell)) return false;
  return keyword !== 'required' || cell.title.split(' ').at(-1) === member;
}

/** What a person reads of a deviation. */
export function describe(deviation: Deviation | undefined): string | undefined {
  if (deviation === undefined) return undefined;
  const { instance, found, keyword, status } = deviation;
  const place = instance === '' ? 'the reply' : instance;
  return `status ${String(status)}, ${place}: found ${found}, against ${keyword} of the spec`;
}
