import fc, { type Arbitrary } from 'fast-check';
import { follow, isJsonObject, listOf, objectOf, type JsonObject } from '../../src/openapi/index.js';
import { formatNamed } from '../spec/formats.js';
import type { SchemaOracle } from './schema-oracle.js';
import { seed } from './seed.js';

/** The document of the schemas, and how values are generated from them. */
export interface SchemaSource {
  readonly document: JsonObject;
  readonly conforms: SchemaOracle;
  /** Generates readable values instead of everything that a schema allows. */
  readonly plain?: boolean;
}

/** Below this depth, only required members are generated, so that recursive schemas end. */
const maxDepth = 4;

/** After this many invalid values in a row, generation fails instead of going on forever. */
const maxInvalidInARow = 5_000;

const letter = fc.integer({ min: 97, max: 122 }).map((code) => String.fromCharCode(code));

/** Mostly ASCII characters, sometimes any Unicode character. */
const anyCharacter = fc.oneof(
  { weight: 4, arbitrary: fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 1 }) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }) },
);

/** Any JSON value. Passed through JSON because fast-check also generates -0, which JSON turns into 0. */
export const anyJson: Arbitrary<unknown> = fc.jsonValue({ maxDepth: 1 }).map(throughJson);

const arbitraries = new WeakMap<JsonObject, Map<string, Arbitrary<unknown>>>();

/** Valid values of a schema. */
export function arbitraryOf(source: SchemaSource, schema: JsonObject, depth = 0): Arbitrary<unknown> {
  const ofSchema = arbitraries.get(schema) ?? new Map<string, Arbitrary<unknown>>();
  arbitraries.set(schema, ofSchema);
  const key = `${String(source.plain)} ${String(depth)}`;
  const arbitrary = ofSchema.get(key) ?? makeArbitrary(source, schema, depth);
  ofSchema.set(key, arbitrary);
  return arbitrary;
}

function makeArbitrary(source: SchemaSource, schema: JsonObject, depth: number): Arbitrary<unknown> {
  let invalidInARow = 0;
  return arbitraryOfShape(source, merged(source, schema), depth)
    .map(throughJson)
    .filter((value) => {
      if (source.conforms(schema, value)) invalidInARow = 0;
      else if ((invalidInARow += 1) > maxInvalidInARow)
        throw new Error(`The contract suite cannot generate a valid value of ${JSON.stringify(schema)}.`);
      return invalidInARow === 0;
    });
}

const samples = new WeakMap<JsonObject, Map<number, unknown[]>>();

/** Some valid values, the same in every run with the same seed. */
export function samplesOf(source: SchemaSource, schema: JsonObject, count: number): unknown[] {
  const known = samples.get(schema) ?? new Map<number, unknown[]>();
  samples.set(schema, known);
  const values =
    known.get(count) ?? fc.sample(arbitraryOf({ ...source, plain: true }, schema), { seed, numRuns: count });
  known.set(count, values);
  return values.map(throughJson);
}

function throughJson(value: unknown): unknown {
  const copy: unknown = JSON.parse(JSON.stringify(value));
  return copy;
}

const mergedSchemas = new WeakMap<JsonObject, JsonObject>();

/** A schema with its `$ref` and `allOf` merged: good enough to generate values, which the oracle then validates. */
export function merged(source: SchemaSource, schema: JsonObject): JsonObject {
  const whole = mergedSchemas.get(schema) ?? merge(source, schema);
  mergedSchemas.set(schema, whole);
  return whole;
}

function merge(source: SchemaSource, schema: JsonObject): JsonObject {
  if (!('$ref' in schema) && !('allOf' in schema)) return schema;
  const { $ref, allOf, ...own } = schema;
  const parts = [
    ...(typeof $ref === 'string' ? [follow(source.document, { value: { $ref }, pointer: '' }).value] : []),
    ...listOf(allOf).map(objectOf),
  ];
  return parts.reduce<JsonObject>((sum, part) => union(sum, merged(source, part)), own);
}

function union(one: JsonObject, other: JsonObject): JsonObject {
  return {
    ...one,
    ...other,
    properties: { ...objectOf(one['properties']), ...objectOf(other['properties']) },
    required: [...new Set([...listOf(one['required']), ...listOf(other['required'])])],
  };
}

function arbitraryOfShape(source: SchemaSource, schema: JsonObject, depth: number): Arbitrary<unknown> {
  if ('const' in schema) return fc.constant(schema['const']);
  if (Array.isArray(schema['enum'])) return fc.constantFrom(...listOf(schema['enum']));
  for (const keyword of ['oneOf', 'anyOf']) {
    if (!Array.isArray(schema[keyword])) continue;
    const { [keyword]: branches, ...rest } = schema;
    return fc.oneof(
      ...listOf(branches).map((branch) =>
        arbitraryOfShape(source, merged(source, union(rest, merged(source, objectOf(branch)))), depth + 1),
      ),
    );
  }
  const types = Array.isArray(schema['type']) ? listOf(schema['type']) : [schema['type'] ?? impliedType(schema)];
  return fc.oneof(...types.map((type) => valueOfType(source, String(type), schema, depth)));
}

/** The type of a schema without `type`, derived from its other keywords. */
function impliedType(schema: JsonObject): string {
  const implied: Readonly<Record<string, readonly string[]>> = {
    object: ['additionalProperties', 'minProperties', 'maxProperties'],
    array: ['items', 'minItems', 'maxItems', 'uniqueItems'],
    string: ['pattern', 'minLength', 'maxLength'],
    number: ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf'],
  };
  if (Object.keys(objectOf(schema['properties'])).length + listOf(schema['required']).length > 0) return 'object';
  return Object.entries(implied).find(([, keywords]) => keywords.some((keyword) => keyword in schema))?.[0] ?? 'any';
}

function valueOfType(source: SchemaSource, type: string, schema: JsonObject, depth: number): Arbitrary<unknown> {
  switch (type) {
    case 'null':
      return fc.constant(null);
    case 'boolean':
      return fc.boolean();
    case 'integer':
    case 'number':
      return numberOf(schema, type);
    case 'string':
      return textOf(source, schema);
    case 'array':
      return arrayOfItems(source, schema, depth);
    case 'object':
      return objectOfMembers(source, schema, depth);
    default:
      return anyJson;
  }
}

function numberOf(schema: JsonObject, type: 'integer' | 'number'): Arbitrary<unknown> {
  const limit = (inclusive: string, exclusive: string, step: number, otherwise: number): number => {
    const open = schema[exclusive];
    const closed = schema[inclusive];
    return typeof open === 'number' ? open + step : typeof closed === 'number' ? closed : otherwise;
  };
  const whole = type === 'integer';
  const widest = schema['format'] === 'int32' ? 2 ** 31 - 1 : Number.MAX_SAFE_INTEGER;
  const min = limit('minimum', 'exclusiveMinimum', whole ? 1 : 1e-6, -widest);
  const max = limit('maximum', 'exclusiveMaximum', whole ? -1 : -1e-6, widest);
  const factor = schema['multipleOf'];
  if (typeof factor === 'number') {
    return fc
      .maxSafeInteger()
      .map(
        (count) =>
          (count % Math.max(1, Math.floor((max - min) / factor) + 1)) * factor + Math.ceil(min / factor) * factor,
      );
  }
  const double = fc.double({ min, max, noNaN: true, noDefaultInfinity: true });
  if (!whole && Math.ceil(min) > Math.floor(max)) return double;
  const integers = fc.integer({ min: Math.ceil(min), max: Math.floor(max) });
  return whole ? integers : fc.oneof(integers, double);
}

function textOf({ plain }: SchemaSource, schema: JsonObject): Arbitrary<unknown> {
  const { format, pattern, minLength, maxLength } = schema;
  if (typeof pattern === 'string') {
    const matching = fc.stringMatching(new RegExp(pattern, 'u'), { size: 'xsmall' });
    return matching.map((text) => fittedToLength(text, Number(minLength ?? 0), Number(maxLength ?? Infinity)));
  }
  if (typeof format === 'string') return formatNamed(format, '').valid;
  return fc.string({
    unit: unitOf(plain),
    ...(typeof minLength === 'number' ? { minLength } : {}),
    ...(typeof maxLength === 'number' ? { maxLength } : {}),
  });
}

/** Repeats or drops the last character until the length fits. Most texts still match their pattern afterwards. */
function fittedToLength(text: string, minLength: number, maxLength: number): string {
  const characters = Array.from(text);
  const last = characters.at(-1) ?? 'x';
  const missing = Math.max(0, minLength - characters.length);
  return [...characters, ...Array.from({ length: missing }, () => last)].slice(0, maxLength).join('');
}

function unitOf(plain: boolean | undefined): Arbitrary<string> {
  return plain === true ? letter : anyCharacter;
}

function arrayOfItems(source: SchemaSource, schema: JsonObject, depth: number): Arbitrary<unknown> {
  const { items, minItems, maxItems, uniqueItems } = schema;
  const item = isJsonObject(items) ? arbitraryOf(source, items, depth + 1) : anyJson;
  const minLength = typeof minItems === 'number' ? minItems : 0;
  const most = depth > maxDepth ? minLength : Math.max(minLength, 3);
  const lengths = { minLength, maxLength: typeof maxItems === 'number' ? Math.min(maxItems, most) : most };
  if (uniqueItems !== true) return fc.array(item, lengths);
  // fc.uniqueArray goes on forever where there are too few distinct items.
  const size = lengths.maxLength * 4;
  return fc
    .tuple(fc.integer({ min: minLength, max: lengths.maxLength }), fc.array(item, { minLength: size, maxLength: size }))
    .map(([length, pool]) =>
      [...new Map(pool.map((value) => [JSON.stringify(value), value])).values()].slice(0, length),
    );
}

function objectOfMembers(source: SchemaSource, schema: JsonObject, depth: number): Arbitrary<unknown> {
  const required = listOf(schema['required']).map(String);
  const properties = objectOf(schema['properties']);
  const names = [...new Set([...Object.keys(properties), ...required])];
  const { additionalProperties: others, minProperties: fewest, maxProperties } = schema;
  const needed = [...required, ...names.filter((name) => !required.includes(name))];
  const made = depth > maxDepth ? needed.slice(0, Math.max(required.length, Number(fewest ?? 0))) : names;
  const members = Object.fromEntries(
    made.map((name) => [name, arbitraryOf(source, objectOf(properties[name]), depth + 1)]),
  );
  const known = fc
    .record(members, { requiredKeys: depth > maxDepth ? made : required })
    .map((value) => limitedToSize(value, required, Number(maxProperties ?? Infinity)));
  const minKeys = typeof fewest === 'number' ? Math.max(0, fewest - names.length) : 0;
  const hasAllMembers = source.plain === true && minKeys === 0 && !isJsonObject(others);
  if (others === false || depth > maxDepth || hasAllMembers) return known;
  const entry = isJsonObject(others) ? arbitraryOf(source, others, depth + 1) : anyJson;
  const name = fc
    .string({ unit: unitOf(source.plain), minLength: 1, maxLength: 8 })
    .filter((key) => key !== '__proto__' && !names.includes(key));
  const most = isJsonObject(others) || minKeys > 0 ? minKeys + 2 : 1;
  return fc
    .tuple(known, fc.dictionary(name, entry, { minKeys, maxKeys: most }))
    .map(([own, more]) => ({ ...more, ...own }));
}

/** Drops optional members until the object has at most the given number. */
function limitedToSize(value: JsonObject, required: readonly string[], most: number): JsonObject {
  const optional = Object.keys(value).filter((name) => !required.includes(name));
  const surplus = new Set(optional.slice(Math.max(0, most - (Object.keys(value).length - optional.length))));
  return Object.fromEntries(Object.entries(value).filter(([name]) => !surplus.has(name)));
}
