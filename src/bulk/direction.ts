import type { JsonObject } from '../client/json.js';
import { findObjectType } from '../client/object-types.js';

/** The object types of a run, as given by the caller. */
export interface ObjectTypes {
  readonly fromObjectType: string;
  readonly toObjectType: string;
}

export type Side = 'from' | 'to';

/** The type ids of a run; `undefined` for unknown names. */
export interface Direction {
  readonly from: string | undefined;
  readonly to: string | undefined;
}

export function directionOf({ fromObjectType, toObjectType }: ObjectTypes): Direction {
  return { from: typeIdOf(fromObjectType), to: typeIdOf(toObjectType) };
}

/**
 * Selects the results in the run's own direction. The API may list each association in both directions, and
 * if records of different types share ids, the mirror image of one pair looks like another pair. If an
 * object type is unknown, the direction of most results counts as the run's own; no result counts if two
 * directions are equally frequent.
 */
export function resultsOfDirection(results: readonly JsonObject[], { from, to }: Direction): readonly JsonObject[] {
  const fitting = results.filter(
    ({ fromObjectTypeId, toObjectTypeId }) => mayBe(fromObjectTypeId, from) && mayBe(toObjectTypeId, to),
  );
  if (from !== undefined && to !== undefined) return fitting;

  const directions = new Map<string, JsonObject[]>();
  for (const result of fitting) {
    const direction = JSON.stringify([result['fromObjectTypeId'], result['toObjectTypeId']]);
    const group = directions.get(direction);
    if (group === undefined) directions.set(direction, [result]);
    else group.push(result);
  }
  const [first, second] = [...directions.values()].sort((a, b) => b.length - a.length);
  return first !== undefined && first.length !== second?.length ? first : [];
}

/** Whether the object types of a result show that it is not the mirror image of another one. */
export function showsDirection({ fromObjectTypeId, toObjectTypeId }: JsonObject): boolean {
  return isTypeId(fromObjectTypeId) && isTypeId(toObjectTypeId) && fromObjectTypeId !== toObjectTypeId;
}

/** The side that an object type in an error stands for; `undefined` if it may be either. */
export function sideOf(objectType: string, types: ObjectTypes): Side | undefined {
  const id = typeIdOf(objectType) ?? objectType.toLowerCase();
  const isFrom = id === (typeIdOf(types.fromObjectType) ?? types.fromObjectType.toLowerCase());
  const isTo = id === (typeIdOf(types.toObjectType) ?? types.toObjectType.toLowerCase());
  return isFrom === isTo ? undefined : isFrom ? 'from' : 'to';
}

function typeIdOf(nameOrId: string): string | undefined {
  return isTypeId(nameOrId) ? nameOrId : findObjectType(nameOrId)?.id;
}

/** Whether a type id of a reply may be the expected one. A value of another form proves nothing. */
function mayBe(found: unknown, expected: string | undefined): boolean {
  return expected === undefined || !isTypeId(found) || found === expected;
}

function isTypeId(value: unknown): value is string {
  return typeof value === 'string' && /^\d+-\d+$/.test(value);
}
