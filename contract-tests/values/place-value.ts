import { merged, samplesOf, type SchemaSource } from './arbitrary.js';
import { at, isJsonObject, listOf, objectOf, type JsonObject } from '../../src/openapi/index.js';
import type { Step } from '../spec/rules.js';

/** A value of a schema, with a given value at one place in it. */
export interface Placed {
  readonly value: unknown;
  /** JSON pointer to that place. */
  readonly pointer: string;
}

/** The name of a member that `additionalProperties` describes. */
const entryName = 'entry';

/** Builds a value that is valid everywhere, except possibly at the given place. */
export function placeValue(
  source: SchemaSource,
  schema: JsonObject,
  location: readonly Step[],
  value: unknown,
): Placed {
  const [step, ...rest] = location;
  if (step === undefined) return { value, pointer: '' };
  const shape = merged(source, schema);
  const within = (next: JsonObject): Placed => placeValue(source, next, rest, value);
  switch (step.into) {
    case 'member': {
      const inner = within(objectOf(objectOf(shape['properties'])[step.name]));
      return {
        value: { ...sampleObject(source, shape), [step.name]: inner.value },
        pointer: at('', step.name) + inner.pointer,
      };
    }
    case 'entry': {
      const inner = within(objectOf(shape['additionalProperties']));
      return {
        value: { ...sampleObject(source, shape), [entryName]: inner.value },
        pointer: at('', entryName) + inner.pointer,
      };
    }
    case 'item': {
      const inner = within(objectOf(shape['items']));
      return { value: [inner.value, ...otherItems(source, shape, inner.value)], pointer: at('', 0) + inner.pointer };
    }
    case 'branch': {
      const own = Object.entries(shape).filter(([keyword]) => keyword !== 'anyOf' && keyword !== 'oneOf');
      return within({ ...Object.fromEntries(own), allOf: [step.schema] });
    }
  }
}

/** The items that a list needs besides the given one; distinct from it if items must be unique. */
function otherItems(source: SchemaSource, list: JsonObject, item: unknown): unknown[] {
  const [sample] = samplesOf(source, list, 1);
  const missing = Math.max(listOf(sample).length, Number(list['minItems'] ?? 0)) - 1;
  if (list['uniqueItems'] !== true) return listOf(sample).slice(1);
  const pool = samplesOf(source, list, 20).flatMap(listOf);
  const others = new Map(pool.map((other) => [JSON.stringify(other), other]));
  others.delete(JSON.stringify(item));
  return [...others.values()].slice(0, Math.max(0, missing));
}

function sampleObject(source: SchemaSource, schema: JsonObject): JsonObject {
  return objectOf(samplesOf(source, schema, 5).find(isJsonObject));
}
