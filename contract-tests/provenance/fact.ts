import { at, isJsonObject, type JsonObject } from '../../src/openapi/index.js';

/** A fact that a capture states, apart from prose. */
export interface Fact {
  /** Where `provenance.yaml` explains it, such as `schemas`, `Label`, `name`, `type`. */
  readonly place: readonly string[];
  readonly value: unknown;
  /** JSON pointer into the file that states it: the capture or provenance.yaml. */
  readonly pointer: string;
  /** The places of the pieces of a type in the page's notation, such as `string<date-time>`. */
  readonly pieces?: readonly Piece[];
  /** Where the operation or its path refers to the parameter. */
  readonly usedAt?: string;
}

/** A part of a notation, from one keyword of the capture. */
export interface Piece {
  readonly text: string;
  readonly pointer: string;
}

/** The facts of an object: one per leaf. An array is one fact, because its order and length matter. */
export function factsIn(object: JsonObject, place: readonly string[], pointer: string): Fact[] {
  return Object.entries(object).flatMap(([name, value]) => {
    const inner = [...place, name];
    if (isExample(inner)) return exampleFacts(value, inner, at(pointer, name));
    return isJsonObject(value) && Object.keys(value).length > 0
      ? factsIn(value, inner, at(pointer, name))
      : [{ place: inner, value, pointer: at(pointer, name) }];
  });
}

function isExample(place: readonly string[]): boolean {
  return place[0] === 'operations' && place.at(-2) === 'examples';
}

/** The facts of an example: one per leaf, including array items, so that a message names the changed member. */
export function exampleFacts(value: unknown, place: readonly string[], pointer: string): Fact[] {
  const entries: [string, unknown][] = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  if (entries.length === 0) return [{ place, value, pointer }];
  return entries.flatMap(([step, inner]) => exampleFacts(inner, [...place, step], at(pointer, step)));
}

/** The facts, or a single empty fact: an empty part of the capture is a fact too. */
export function orEmpty(facts: readonly Fact[], place: readonly string[], pointer: string): readonly Fact[] {
  return facts.length > 0 ? facts : [{ place, value: {}, pointer }];
}

/** The facts as an object, one member for each step of their places. */
export function objectFrom(facts: readonly Fact[]): JsonObject {
  const leaf = new Map<string, unknown>();
  const inner = new Map<string, Fact[]>();
  for (const fact of facts) {
    const [step = '', ...rest] = fact.place;
    if (rest.length === 0) leaf.set(step, fact.value);
    else inner.set(step, [...(inner.get(step) ?? []), { ...fact, place: rest }]);
  }
  return Object.fromEntries([
    ...leaf,
    ...[...inner].map(([step, below]): [string, unknown] => [step, objectFrom(below)]),
  ]);
}
