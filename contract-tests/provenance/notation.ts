import { at, isJsonObject, listOf, objectOf, without, type JsonObject } from '../../src/openapi/index.js';
import { factsIn, objectFrom, orEmpty, type Fact, type Piece } from './fact.js';

/** Keywords for readers, whose text may change freely. */
const prose = ['$comment', 'description', 'summary', 'title'];

/** An object of keywords without prose. Not for properties, since one may be named `title`. */
export function withoutProse(value: JsonObject): JsonObject {
  return prose.reduce(without, value);
}

const types = ['array', 'boolean', 'integer', 'null', 'number', 'object', 'string'];

/** Words of the notation. Keywords of the same name get the prefix `$`, to distinguish them. */
const words = ['members', 'of', 'schema', 'values'];

/**
 * The facts of a schema in the notation of the page: `string<date-time>` for a format, `enum<string>` for
 * an enum, `object[]` for an array of objects, `of` for the name of an object's schema and `values` for the
 * values of a map. Keywords without a notation are copied.
 */
export function schemaFacts(schema: unknown, pointer: string, place: readonly string[]): Fact[] {
  if (!isJsonObject(schema)) return [{ place: [...place, 'schema'], value: schema, pointer }];
  const { $ref, type, items, properties, additionalProperties, ...rest } = withoutProse(schema);
  const others = without(without(rest, 'format'), 'required');
  return [
    ...($ref === undefined ? typeFacts(schema, pointer, place) : referenceFacts(schema, pointer, place)),
    ...(items === undefined || type === 'array' ? [] : below(items, at(pointer, 'items'), [...place, 'items'])),
    ...(properties === undefined
      ? []
      : orEmpty(memberFacts(schema, pointer, [...place, 'members']), [...place, 'members'], at(pointer, 'properties'))),
    ...requiredFacts(schema, pointer, place),
    ...(additionalProperties === undefined
      ? []
      : valueFacts(additionalProperties, at(pointer, 'additionalProperties'), place)),
    ...Object.entries(others).flatMap(([keyword, value]) =>
      factsIn({ [keyword]: branchesOf(keyword, value) }, place, pointer).map((fact) => marked(fact, place.length)),
    ),
  ];
}

function marked(fact: Fact, index: number): Fact {
  const keyword = fact.place[index] ?? '';
  return words.includes(keyword) ? { ...fact, place: fact.place.with(index, `$${keyword}`) } : fact;
}

function below(schema: unknown, pointer: string, place: readonly string[]): readonly Fact[] {
  return orEmpty(schemaFacts(schema, pointer, place), place, pointer);
}

/** The members of an object, each with whether it is required. */
export function memberFacts(schema: JsonObject, pointer: string, place: readonly string[]): Fact[] {
  const { properties, required } = schema;
  return Object.entries(objectOf(properties)).flatMap(([name, member]) => {
    const own = at(pointer, 'properties', name);
    const index = listOf(required).indexOf(name);
    const list = required === undefined ? own : at(pointer, 'required');
    const isRequired = index >= 0;
    return [
      ...schemaFacts(member, own, [...place, name]),
      { place: [...place, name, 'required'], value: isRequired, pointer: isRequired ? at(list, index) : list },
    ];
  });
}

/** Required names without a property. For properties, `memberFacts` covers `required`. */
function requiredFacts({ properties, required }: JsonObject, pointer: string, place: readonly string[]): Fact[] {
  if (required === undefined) return [];
  const value = Array.isArray(required)
    ? required.filter(
        (name, index) => !Object.hasOwn(objectOf(properties), String(name)) || required.indexOf(name) < index,
      )
    : required;
  const isExplained = Array.isArray(value) && value.length === 0 && properties !== undefined;
  return isExplained ? [] : [{ place: [...place, '$required'], value, pointer: at(pointer, 'required') }];
}

/** Represents a schema of `components` by its name, any other by its complete reference. */
function referenceFacts(schema: JsonObject, pointer: string, place: readonly string[]): Fact[] {
  const { $ref, type, format } = schema;
  const [, name] = /^#\/components\/schemas\/([\w.-]+)$/.exec(String($ref)) ?? [];
  const whole = typeof $ref === 'string' && /^[\w.-]+$/.test($ref) ? `./${$ref}` : $ref;
  const reference = at(pointer, '$ref');
  return [
    { place: [...place, 'type'], value: 'object', pointer: reference },
    { place: [...place, 'of'], value: name ?? whole, pointer: reference },
    ...(type === undefined ? [] : [{ place: [...place, '$type'], value: type, pointer: at(pointer, 'type') }]),
    ...(format === undefined ? [] : [{ place: [...place, 'format'], value: format, pointer: at(pointer, 'format') }]),
  ];
}

function typeFacts(schema: JsonObject, pointer: string, place: readonly string[]): Fact[] {
  const { type, format, items } = schema;
  const own = at(pointer, 'type');
  const formatFact = { place: [...place, 'format'], value: format, pointer: at(pointer, 'format') };
  const alone = format === undefined ? [] : [formatFact];
  if (type === undefined) return alone;
  if (typeof type !== 'string') return [{ place: [...place, 'type'], value: type, pointer: own }, ...alone];
  if (!types.includes(type)) return [{ place: [...place, '$type'], value: type, pointer: own }, ...alone];
  if (type === 'array' && items !== undefined) return [...listFacts(items, pointer, place), ...alone];
  const base: Piece = { text: type, pointer: own };
  if (Array.isArray(schema['enum'])) {
    const pieces = [base, { text: 'enum<', pointer: at(pointer, 'enum') }];
    return [{ place: [...place, 'type'], value: `enum<${type}>`, pointer: own, pieces }, ...alone];
  }
  if (typeof format !== 'string') return [{ place: [...place, 'type'], value: type, pointer: own }, ...alone];
  const pieces = [base, { text: `<${format}>`, pointer: formatFact.pointer }];
  return [{ place: [...place, 'type'], value: `${type}<${format}>`, pointer: own, pieces }];
}

function listFacts(items: unknown, pointer: string, place: readonly string[]): Fact[] {
  const own = at(pointer, 'type');
  const inner = schemaFacts(items, at(pointer, 'items'), []);
  const type = inner.find((fact) => fact.place[0] === 'type');
  const ofItems: Piece[] =
    type === undefined ? [] : [...(type.pieces ?? [{ text: String(type.value), pointer: type.pointer }])];
  const pieces = [{ text: '[]', pointer: own }, ...ofItems];
  return [
    { place: [...place, 'type'], value: `${String(type?.value)}[]`, pointer: own, pieces },
    ...inner
      .filter((fact) => fact !== type)
      .map((fact) => ({ ...fact, place: [...place, ...(fact.place[0] === 'of' ? [] : ['items']), ...fact.place] })),
  ];
}

/** The values of a map: just the name of their type, if that is the only fact. */
function valueFacts(values: unknown, pointer: string, place: readonly string[]): readonly Fact[] {
  if (!isJsonObject(values)) return [{ place: [...place, 'additionalProperties'], value: values, pointer }];
  const inner = [...place, 'values'];
  const facts = below(values, pointer, inner);
  const [only] = facts;
  return facts.length === 1 && only?.place.at(-1) === 'type' ? [{ ...only, place: inner }] : facts;
}

function branchesOf(keyword: string, value: unknown): unknown {
  if (!['allOf', 'anyOf', 'oneOf'].includes(keyword)) return value;
  return Array.isArray(value) ? value.map((branch) => objectFrom(schemaFacts(branch, '', []))) : value;
}
