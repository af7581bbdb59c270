import type { LabelsBetweenObjectPair } from '../../generated/schema.js';
import { findObjectType } from '../client/object-types.js';

/** The object types of a run, as its caller names them. */
export interface ObjectTypes {
  readonly fromObjectType: string;
  readonly toObjectType: string;
}

export type Side = 'from' | 'to';

/**
 * The API may list each association in both directions. Where two records of different types share
 * an id, the mirror image of one pair looks like another pair; so only results of the run's own
 * direction count. Of a type that is not known by name, the direction that most of the results fit
 * is taken for its own, and none where two fit alike.
 */
export function resultsOfDirection(
  results: readonly LabelsBetweenObjectPair[],
  types: ObjectTypes,
  wasSent: (result: LabelsBetweenObjectPair) => boolean,
): readonly LabelsBetweenObjectPair[] {
  const from = typeIdOf(types.fromObjectType);
  const to = typeIdOf(types.toObjectType);
  const fitting = results.filter(
    (result) => wasSent(result) && mayBe(result.fromObjectTypeId, from) && mayBe(result.toObjectTypeId, to),
  );
  if (from !== undefined && to !== undefined) return fitting;

  const directions = new Map<string, LabelsBetweenObjectPair[]>();
  for (const result of fitting) {
    const direction = JSON.stringify([result.fromObjectTypeId, result.toObjectTypeId]);
    const group = directions.get(direction) ?? [];
    group.push(result);
    directions.set(direction, group);
  }
  const [first, second] = [...directions.values()].sort((a, b) => b.length - a.length);
  return first !== undefined && first.length !== second?.length ? first : [];
}

/** The side that an object type of an error stands for; nothing where it may be either. */
export function sideOf(objectType: string, types: ObjectTypes): Side | undefined {
  const id = typeIdOf(objectType) ?? objectType.toLowerCase();
  const isFrom = id === (typeIdOf(types.fromObjectType) ?? types.fromObjectType.toLowerCase());
  const isTo = id === (typeIdOf(types.toObjectType) ?? types.toObjectType.toLowerCase());
  return isFrom === isTo ? undefined : isFrom ? 'from' : 'to';
}

function typeIdOf(nameOrId: string): string | undefined {
  return isTypeId(nameOrId) ? nameOrId : findObjectType(nameOrId)?.id;
}

/** Whether a type id of a reply may be the expected one; what has another form says nothing. */
function mayBe(found: unknown, expected: string | undefined): boolean {
  return expected === undefined || typeof found !== 'string' || !isTypeId(found) || found === expected;
}

function isTypeId(text: string): boolean {
  return /^\d+-\d+$/.test(text);
}
