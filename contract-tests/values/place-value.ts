import { merged, samplesOf, type SchemaSource } from './arbitrary.js';
import { at, isJsonObject, listOf, objectOf, type JsonObject } from '../spec/document.js';
import type { Step } from '../spec/rules.js';

/** A value of a schema that has a certain value at a certain place. */
export interface Placed {
  readonly value: unknown;
  /** JSON pointer of the place in the value. */
  readonly pointer: string;
}

/** A member that no schema names, for a place below `additionalProperties`. */
const entryName = 'entry';

/** Makes a value that conforms to a schema everywhere but, it may be, at one place. */
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
      const [others] = samplesOf(source, shape, 1);
      const different = listOf(others).filter((other) => JSON.stringify(other) !== JSON.stringify(inner.value));
      return { value: [inner.value, ...different.slice(1)], pointer: at('', 0) + inner.pointer };
    }
    case 'branch': {
      const own = Object.entries(shape).filter(([keyword]) => keyword !== 'anyOf' && keyword !== 'oneOf');
      return within({ ...Object.fromEntries(own), allOf: [step.schema] });
    }
  }
}

function sampleObject(source: SchemaSource, schema: JsonObject): JsonObject {
  return objectOf(samplesOf(source, schema, 5).find(isJsonObject));
}
