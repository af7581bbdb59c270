import type { StandardError } from '../../generated/schema.js';
import { isJsonObject, member, stringMember } from '../client/json.js';
import type { IsConfirmed, SentPairs } from './confirmed-pairs.js';
import { sideOf, type ObjectTypes, type Side } from './direction.js';

/** The errors of a reply, matched to pairs. */
export interface MatchedErrors {
  /** The errors that refuse the pair at this place. */
  readonly errorsOf: (place: number) => readonly StandardError[];
  /** Errors that name no pair that was sent. */
  readonly unmatchedErrors: readonly StandardError[];
}

/** The maximum number of errors kept per record or pair, since every error of a reply may name the same one. */
const mostErrors = 20;

/**
 * Matches the errors of a reply to pairs, by the sides and ids that they name. One error may refuse many
 * pairs, and several errors the same pair. Errors are stored by id rather than by pair, so the work grows
 * with the sizes of the reply and of the request, not with their product.
 */
export function matchErrors(
  sent: SentPairs,
  listed: unknown,
  types: ObjectTypes,
  isConfirmed: IsConfirmed,
): MatchedErrors {
  const errors = (Array.isArray(listed) ? listed : []).filter(isError);
  if (errors.length === 0) return { errorsOf: () => [], unmatchedErrors: [] };
  const places = { from: placesById(sent.from), to: placesById(sent.to) };
  const found = { from: createErrorLists<string>(), to: createErrorLists<string>(), pair: createErrorLists<number>() };
  const unmatchedErrors: StandardError[] = [];

  const refuseSide = (error: StandardError, side: Side, ids: ReadonlySet<string>): boolean => {
    const known = [...ids].filter((id) => places[side].has(id));
    for (const id of known) found[side].add(id, error);
    return known.length > 0;
  };
  const refusePairs = (error: StandardError, of: readonly number[]): boolean => {
    for (const place of of) found.pair.add(place, error);
    return of.length > 0;
  };
  const match = (error: StandardError): boolean => {
    const context = member(error, 'context');
    const from = idsOf(member(context, 'fromObjectId'));
    const to = idsOf(member(context, 'toObjectId'));
    if (from.size > 0 && to.size > 0) {
      return refusePairs(error, placesOf(places.from, from).filter((place) => to.has(sent.to[place] ?? ''))); // prettier-ignore
    }
    if (from.size > 0) return refuseSide(error, 'from', from);
    if (to.size > 0) return refuseSide(error, 'to', to);
    const ids = idsOf(member(context, 'id'));
    const side = namedSide(error, types);
    if (side !== undefined) return refuseSide(error, side, ids);
    // Without a side, the id may belong to the other record, so the error does not overrule a confirmed
    // pair.
    const either = [...placesOf(places.from, ids), ...placesOf(places.to, ids)];
    return refusePairs(error, [...new Set(either)].filter((place) => !isConfirmed(place))); // prettier-ignore
  };

  // The API may repeat an error for every pair that it concerns. Keep it once.
  const distinct = new Map(errors.map((error) => [JSON.stringify(error), error]));
  for (const error of distinct.values()) if (!match(error)) unmatchedErrors.push(error);
  return {
    errorsOf: (place) => {
      const lists = [found.from.of(sent.from[place] ?? ''), found.to.of(sent.to[place] ?? ''), found.pair.of(place)];
      const [first = [], ...others] = lists.filter((list) => list.length > 0);
      return others.length === 0 ? first : [...new Set([...first, ...others.flat()])];
    },
    unmatchedErrors,
  };
}

/** Typed as in the spec, but every member is checked before it is used. */
function isError(value: unknown): value is StandardError {
  return isJsonObject(value);
}

interface ErrorLists<K> {
  add(key: K, error: StandardError): void;
  of(key: K): readonly StandardError[];
}

function createErrorLists<K>(): ErrorLists<K> {
  const lists = new Map<K, StandardError[]>();
  return {
    add: (key, error) => {
      const list = lists.get(key);
      if (list === undefined) lists.set(key, [error]);
      else if (list.length < mostErrors) list.push(error);
    },
    of: (key) => lists.get(key) ?? [],
  };
}

type PlacesById = ReadonlyMap<string, readonly number[]>;

function placesById(ids: readonly string[]): PlacesById {
  const places = new Map<string, number[]>();
  for (const [place, id] of ids.entries()) {
    const others = places.get(id);
    if (others === undefined) places.set(id, [place]);
    else others.push(place);
  }
  return places;
}

function placesOf(places: PlacesById, ids: ReadonlySet<string>): number[] {
  return [...ids].flatMap((id) => places.get(id) ?? []);
}

function namedSide(error: StandardError, types: ObjectTypes): Side | undefined {
  const kind = stringMember(error, 'subCategory') ?? '';
  if (/\bFROM_/.test(kind)) return 'from';
  if (/\bTO_/.test(kind)) return 'to';
  const [objectType] = idsOf(member(member(error, 'context'), 'objectType'));
  return objectType === undefined ? undefined : sideOf(objectType, types);
}

/**
 * Reads ids that are sent in a list or alone, as strings or as numbers. A number beyond the safe integers
 * is ignored, since it may have become another record's id.
 */
function idsOf(value: unknown): ReadonlySet<string> {
  const list: unknown[] = Array.isArray(value) ? value : [value];
  return new Set(list.filter((id) => typeof id === 'string' || Number.isSafeInteger(id)).map(String));
}
