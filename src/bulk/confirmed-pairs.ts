import { isJsonObject, stringMember, type JsonObject } from '../client/json.js';
import { directionOf, resultsOfDirection, showsDirection, type Direction, type ObjectTypes } from './direction.js';
import { pairKey } from './pair-key.js';

/** Pairs of ids, in the order in which they were sent. */
export interface SentPairs {
  readonly from: readonly string[];
  readonly to: readonly string[];
}

/** Whether the reply confirms the pair at this place. */
export type IsConfirmed = (place: number) => boolean;

/**
 * Determines which pairs a reply confirms. The API gives no index into the inputs and promises no order, so
 * results are matched to inputs by their pair of ids. A reply with another status than COMPLETE confirms
 * nothing.
 */
export function confirmedPairs(sent: SentPairs, body: JsonObject, types: ObjectTypes, isInOrder: boolean): IsConfirmed {
  const status = stringMember(body, 'status');
  if (status !== undefined && status.toUpperCase() !== 'COMPLETE') return () => false;
  if (isInOrder) return () => true;
  const results = Array.isArray(body['results']) ? body['results'].filter(isJsonObject) : [];
  return lookUp(sent, results, directionOf(types));
}

/**
 * Between records of one type, a result may be the mirror image of another sent pair, if the API lists both
 * directions. Such a pair is confirmed only if it is listed without its mirror image, or twice.
 */
function lookUp({ from, to }: SentPairs, results: readonly JsonObject[], direction: Direction): IsConfirmed {
  const sent = new Set(from.map((id, place) => pairKey(id, to[place] ?? '')));
  /** Of each pair that is listed, whether the result cannot be a mirror image. */
  const isCertain = new Map<string, boolean>();
  const wasSent = results.filter((result) => sent.has(keyOf(result)));
  for (const result of resultsOfDirection(wasSent, direction)) {
    const key = keyOf(result);
    isCertain.set(key, showsDirection(result) || isCertain.has(key));
  }
  return (place) => {
    const [first = '', second = ''] = [from[place], to[place]];
    const found = isCertain.get(pairKey(first, second));
    if (found === undefined) return false;
    return found || first === second || !isCertain.has(pairKey(second, first));
  };
}

function keyOf({ fromObjectId, toObjectId }: JsonObject): string {
  return pairKey(String(fromObjectId), String(toObjectId));
}
