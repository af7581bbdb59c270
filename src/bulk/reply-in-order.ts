import { isJsonObject, member, type JsonObject } from '../client/json.js';
import type { Direction } from './direction.js';
import type { RequestPairs } from './request-body.js';

const listStart = '"results":[';

/**
 * Reads a reply that confirms every pair of the request in the order of sending, as HubSpot's replies
 * usually do. Then the results differ only in their ids, so it is enough to parse the first one and compare
 * the others with it as text. That is faster than JSON.parse, and leaves nothing for the garbage collector.
 *
 * @returns The body with only the first result; `undefined` for every other reply.
 */
export function readInOrder(text: string, pairs: RequestPairs, direction: Direction): JsonObject | undefined {
  // `texts` is set for ids that need escapes, which cannot be compared as text.
  if (pairs.texts.size > 0 || direction.from === undefined || direction.from === direction.to) return undefined;
  const start = text.indexOf(`${listStart}{`) + listStart.length;
  const first = text.slice(start, text.indexOf('}', start) + 1);
  const around = aroundIds(first, pairs);
  const end = around === undefined ? undefined : endOfResults(text, start, around, pairs);
  if (end === undefined) return undefined;
  const bodyWith = (results: string): unknown => parse(text.slice(0, start) + results + text.slice(end));
  // The parser may use another list of that name, or find that the first result does not end there.
  if (onlyResult(bodyWith('0')) !== 0) return undefined;
  const body = bodyWith(first);
  return isJsonObject(body) && hasDirection(onlyResult(body), direction) ? body : undefined;
}

/** The text around the ids of a result, in the order of its members. */
interface AroundIds {
  readonly first: readonly string[];
  readonly second: readonly string[];
  readonly texts: readonly [before: string, between: string, behind: string];
}

function aroundIds(result: string, { from, to }: RequestPairs): AroundIds | undefined {
  // A repeated member may have its name written with escapes.
  if (result.includes('\\')) return undefined;
  const fromAt = valueOf(result, 'fromObjectId', from[0]);
  const toAt = valueOf(result, 'toObjectId', to[0]);
  if (fromAt === undefined || toAt === undefined) return undefined;
  const isFromFirst = fromAt.start < toAt.start;
  const [one, other] = isFromFirst ? [fromAt, toAt] : [toAt, fromAt];
  return {
    first: isFromFirst ? from : to,
    second: isFromFirst ? to : from,
    texts: [result.slice(0, one.start), result.slice(one.end, other.start), result.slice(other.end)],
  };
}

/** The position of a member's value in the text of a result, if the value is this id and the member occurs once. */
function valueOf(result: string, name: string, id = ''): { start: number; end: number } | undefined {
  const key = `"${name}":"`;
  const at = result.indexOf(key);
  const start = at + key.length;
  if (at < 0 || result.includes(`"${name}"`, start) || !result.startsWith(`${id}"`, start)) return undefined;
  return { start, end: start + id.length };
}

/** The position of the end of the list, if each result differs from the first only in the ids of its own pair. */
function endOfResults(text: string, start: number, around: AroundIds, { from }: RequestPairs): number | undefined {
  const { first, second, texts } = around;
  const [before, between, behind] = texts;
  const last = from.length - 1;
  const untilNext = `${behind},${before}`;
  let at = start;
  const matches = (part = ''): boolean => {
    const isThere = text.startsWith(part, at);
    at += part.length;
    return isThere;
  };
  if (!matches(before)) return undefined;
  for (let place = 0; place <= last; place += 1) {
    const rest = place === last ? behind : untilNext;
    if (!(matches(first[place]) && matches(between) && matches(second[place]) && matches(rest))) return undefined;
  }
  return at;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The error is reported when the whole text is parsed.
    return undefined;
  }
}

function onlyResult(body: unknown): unknown {
  const results = member(body, 'results');
  return Array.isArray(results) && results.length === 1 ? results[0] : undefined;
}

function hasDirection(result: unknown, { from, to }: Direction): boolean {
  return member(result, 'fromObjectTypeId') === from && member(result, 'toObjectTypeId') === to;
}
