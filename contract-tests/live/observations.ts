import type { Observation } from '../judges/observation.js';
import type { CoverageItem } from '../spec/coverage-item.js';
import type { Comparison, Deviation } from './deviations.js';
import type { StepResult } from './run-step.js';

/**
 * The coverage items that a live request exercised: its own, the status of the reply, and the constraints of every
 * place in the reply.
 */
export function observationsOf(
  result: StepResult,
  { documented, visited, deviations }: Comparison,
  items: readonly CoverageItem[],
): Observation[] {
  const test = `live: ${result.step.title}`;
  const { exchange, failure, violations, durationMs } = result;
  const schemas = new Set(visited.map(({ schema }) => schema.pointer));
  const observe = (item: CoverageItem, problem: string | undefined): Observation => ({
    itemId: item.id,
    test,
    passed: problem === undefined,
    durationMs,
    failure: problem,
    exchange,
  });
  return items.flatMap((item) => {
    if (item.group === 'request' && item.keyword === undefined)
      return result.step.conforms ? [observe(item, failure)] : [];
    if (item.group === 'request constraint') return isViolated(item, result) ? [observe(item, failure)] : [];
    if (documented === undefined || item.status !== documented.status) return [];
    if (item.group === 'status' && item.keyword === undefined) return [observe(item, violations[0])];
    if (item.group !== 'reply constraint' || !schemas.has(schemaOf(item))) return [];
    return [observe(item, describe(deviations.find((deviation) => isAt(deviation, item))))];
  });
}

/** Whether the request was sent to violate this constraint. */
function isViolated({ keyword, pointer }: CoverageItem, { step }: StepResult): boolean {
  if (step.title.startsWith('a token')) return keyword === 'security';
  return !step.conforms && keyword === 'required' && pointer.endsWith('MultiPost/required/0');
}

/** The schema that has the keyword of the coverage item. */
function schemaOf({ pointer, keyword = '' }: CoverageItem): string {
  const end = pointer.lastIndexOf(`/${keyword}`);
  return end === -1 ? pointer : pointer.slice(0, end);
}

function isAt({ keyword, schema, member }: Deviation, item: CoverageItem): boolean {
  if (keyword !== item.keyword || schema.pointer !== schemaOf(item)) return false;
  return keyword !== 'required' || item.title.split(' ').at(-1) === member;
}

/** Describes a deviation for people. */
export function describe(deviation: Deviation | undefined): string | undefined {
  if (deviation === undefined) return undefined;
  const { instance, found, keyword, status } = deviation;
  const place = instance === '' ? 'the reply' : instance;
  return `status ${String(status)}, ${place}: found ${found}, which violates ${keyword} in the spec`;
}
