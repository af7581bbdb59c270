import fc, { type Arbitrary } from 'fast-check';
import { follow, isJsonObject, listOf, objectOf, type JsonObject } from '../../src/openapi/index.js';
import { formatNamed } from '../spec/formats.js';
import type { SchemaOracle } from './schema-oracle.js';
import { seed } from './seed.js';

/** Where the schemas come from. */
export interface SchemaSource {
  readonly document: JsonObject;
  readonly conforms: SchemaOracle;
  /** Whether values are to be easy to read, rather than to try everything that the schema allows. */
  readonly plain?: boolean;
}

/** References that are followed before only what is required is made, so that a recursive schema ends. */
const deepest = 4;

/** So many values in a row that do not conform: then the suite cannot make any, and says so instead of trying for ever. */
const mostRefused = 5_000;

const letter = fc.integer({ min: 97, max: 122 }).map((code) => String.fromCharCode(code));

/** ASCII, and now and then any Unicode characters. */
const anyCharacter = fc.oneof(
  { weight: 4, arbitrary: fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 1 }) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }) },
);

/** Any value that JSON has; a negative zero does not survive JSON. */
export const anyJson: Arbitrary<unknown> = fc.jsonValue({ maxDepth: 1 }).map(throughJson);

const arbitraries = new WeakMap<JsonObject, Map<string, Arbitrary<unknown>>>();

/** Values that conform to a schema. */
export function arbitraryOf(source: SchemaSource, schema: JsonObject, depth = 0): Arbitrary<unknown> {
  const ofSchema = arbitraries.get(schema) ?? new Map<string, Arbitrary<unknown>>();
  arbitraries.set(schema, ofSchema);
  const key = `${String(source.plain)} ${String(depth)}`;
  const arbitrary = ofSchema.get(key) ?? makeArbitrary(source, schema, depth);
  ofSchema.set(key, arbitrary);
  return arbitrary;
}

function makeArbitrary(source: SchemaSource, schema: JsonObject, depth: number): Arbitrary<unknown> {
  let refused = 0;
  return shapeOf(source, merged(source, schema), depth)
    .map(throughJson)
    .filter((value) => {
      if (source.conforms(schema, value)) refused = 0;
      else if ((refused += 1) > mostRefused)
        throw new Error(`The contract suite finds no value of ${JSON.stringify(schema)}.`);
      return refused === 0;
    });
}

const samples = new WeakMap<JsonObject, Map<number, unknown[]>>();

/** Some values that conform, the same in every run with the same seed. */
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

/** A schema with its reference and its `allOf` put in: enough to make values of; the oracle judges them. */
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

function shapeOf(source: SchemaSource, schema: JsonObject, depth: number): Arbitrary<unknown> {
  if ('const' in schema) return fc.constant(schema['const']);
  if (Array.isArray(schema['enum'])) return fc.constantFrom(...listOf(schema['enum']));
  for (const keyword of ['oneOf', 'anyOf']) {
    if (!Array.isArray(schema[keyword])) continue;
    const { [keyword]: branches, ...rest } = schema;
    return fc.oneof(
      ...listOf(branches).map((branch) =>
        shapeOf(source, merged(source, union(rest, merged(source, objectOf(branch)))), depth + 1),
      ),
    );
  }
  const types = Array.isArray(schema['type']) ? listOf(schema['type']) : [schema['type'] ?? impliedType(schema)];
  return fc.oneof(...types.map((type) => valueOfType(source, String(type), schema, depth)));
}

/** The type of a schema that names none, by the keywords that it has. */
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
      return listOfItems(source, schema, depth);
    case 'object':
      return objectWithMembers(source, schema, depth);
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
    return matching.map((text) => ofLength(text, Number(minLength ?? 0), Number(maxLength ?? Infinity)));
  }
  if (typeof format === 'string') return formatNamed(format, '').valid;
  return fc.string({
    unit: unitOf(plain),
    ...(typeof minLength === 'number' ? { minLength } : {}),
    ...(typeof maxLength === 'number' ? { maxLength } : {}),
  });
}

/** Few texts that match a pattern have a certain length; most still match when their last character is repeated or left out. */
function ofLength(text: string, minLength: number, maxLength: number): string {
  const characters = Array.from(text);
  const last = characters.at(-1) ?? 'x';
  const missing = Math.max(0, minLength - characters.length);
  return [...characters, ...Array.from({ length: missing }, () => last)].slice(0, maxLength).join('');
}

function unitOf(plain: boolean | undefined): Arbitrary<string> {
  return plain === true ? letter : anyCharacter;
}

function listOfItems(source: SchemaSource, schema: JsonObject, depth: number): Arbitrary<unknown> {
  const { items, minItems, maxItems, uniqueItems } = schema;
  const item = isJsonObject(items) ? arbitraryOf(source, items, depth + 1) : anyJson;
  const minLength = typeof minItems === 'number' ? minItems : 0;
  const most = depth > deepest ? minLength : Math.max(minLength, 3);
  const lengths = { minLength, maxLength: typeof maxItems === 'number' ? Math.min(maxItems, most) : most };
  return uniqueItems === true
    ? fc.uniqueArray(item, { ...lengths, selector: (value) => JSON.stringify(value) })
    : fc.array(item, lengths);
}

function objectWithMembers(source: SchemaSource, schema: JsonObject, depth: number): Arbitrary<unknown> {
  const required = listOf(schema['required']).map(String);
  const properties = objectOf(schema['properties']);
  const names = [...new Set([...Object.keys(properties), ...required])];
  const { additionalProperties: others, minProperties: fewest, maxProperties } = schema;
  const needed = [...required, ...names.filter((name) => !required.includes(name))];
  const made = depth > deepest ? needed.slice(0, Math.max(required.length, Number(fewest ?? 0))) : names;
  const members = Object.fromEntries(
    made.map((name) => [name, arbitraryOf(source, objectOf(properties[name]), depth + 1)]),
  );
  const known = fc
    .record(members, { requiredKeys: depth > deepest ? made : required })
    .map((value) => ofSize(value, required, Number(maxProperties ?? Infinity)));
  const minKeys = typeof fewest === 'number' ? Math.max(0, fewest - names.length) : 0;
  const noMore = source.plain === true && minKeys === 0 && !isJsonObject(others);
  if (others === false || depth > deepest || noMore) return known;
  const entry = isJsonObject(others) ? arbitraryOf(source, others, depth + 1) : anyJson;
  const name = fc
    .string({ unit: unitOf(source.plain), minLength: 1, maxLength: 8 })
    .filter((key) => key !== '__proto__' && !names.includes(key));
  const most = isJsonObject(others) || minKeys > 0 ? minKeys + 2 : 1;
  return fc
    .tuple(known, fc.dictionary(name, entry, { minKeys, maxKeys: most }))
    .map(([own, more]) => ({ ...more, ...own }));
}

/** An object with no more members than it may have: those that it has to have, and some of the others. */
function ofSize(value: JsonObject, required: readonly string[], most: number): JsonObject {
  const optional = Object.keys(value).filter((name) => !required.includes(name));
  const surplus = new Set(optional.slice(Math.max(0, most - (Object.keys(value).length - optional.length))));
  return Object.fromEntries(Object.entries(value).filter(([name]) => !surplus.has(name)));
}
