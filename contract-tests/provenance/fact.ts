import { createHash } from 'node:crypto';
import { isJsonObject, type JsonObject } from '../../src/openapi/index.js';

/** One thing that a capture states, apart from prose. */
export interface Fact {
  /** Where `provenance.yaml` explains it, such as `schemas`, `Label`, `name`, `type`. */
  readonly place: readonly string[];
  readonly value: unknown;
  /** JSON pointer into the capture; of a fact that provenance states, into that file. */
  readonly pointer: string;
}

/** The facts of an object: one for each leaf. A list is one fact, since its order and its length say something. */
export function factsIn(object: JsonObject, place: readonly string[], pointer: string): Fact[] {
  return Object.entries(object).flatMap(([name, value]) =>
    isJsonObject(value) && Object.keys(value).length > 0
      ? factsIn(value, [...place, name], pointer)
      : [{ place: [...place, name], value, pointer }],
  );
}

/** The value of an example: itself where it is short, and a fingerprint where it is an object or a list. */
export function exampleValue(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  return `sha256-${createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 12)}`;
}
