import {
  at,
  follow,
  isJsonObject,
  listOf,
  objectOf,
  valueAt,
  without,
  type JsonObject,
  type Node,
  type Part,
} from '../../src/openapi/index.js';
import { exampleFacts, factsIn, orEmpty, type Fact } from './fact.js';
import { schemaFacts, withoutProse } from './notation.js';

/**
 * The facts of one operation.
 *
 * @param shared - JSON pointers of the parameters of its path item.
 */
export function operationFacts(
  capture: JsonObject,
  path: string,
  method: string,
  pointer: string,
  shared: readonly string[],
): Fact[] {
  const operation = withoutProse(objectOf(valueAt(capture, pointer)));
  const { operationId = `${method} ${path}`, parameters, requestBody, responses, ...others } = operation;
  const place = ['operations', String(operationId)];
  const facts = [...place, 'facts'];
  const own = listOf(parameters).map((_, index) => at(pointer, 'parameters', index));
  return [
    { place: [...facts, 'method'], value: method, pointer },
    { place: [...facts, 'path'], value: path, pointer: at('/paths', path) },
    ...factsIn(others, facts, pointer),
    ...[...shared, ...own].flatMap((parameter) => parameterFacts(capture, parameter, [...place, 'parameters'])),
    ...(requestBody === undefined ? [] : bodyFacts(capture, at(pointer, 'requestBody'), [...place, 'requestBody'])),
    ...Object.keys(objectOf(responses)).flatMap((status) =>
      replyFacts(capture, at(pointer, 'responses', status), [...place, 'responses', status]),
    ),
  ];
}

/** The object at a pointer, or the target of its reference, with the facts beside the reference. */
function found(capture: JsonObject, pointer: string, place: readonly string[]): Part & { beside: Fact[] } {
  const value = objectOf(valueAt(capture, pointer));
  if (!('$ref' in value)) return { value, pointer, beside: [] };
  const beside = factsIn(without(withoutProse(value), '$ref'), [...place, '$beside'], pointer);
  return { ...followed(capture, { value, pointer }), beside };
}

/** The target of a node's reference, or the node itself if the reference is broken. */
export function followed(capture: JsonObject, node: Node): Part {
  return follow(capture, node, (broken) => broken);
}

const parameterKeywords = [
  'allowEmptyValue',
  'allowReserved',
  'content',
  'deprecated',
  'example',
  'examples',
  'explode',
  'required',
  'style',
];

function parameterFacts(capture: JsonObject, from: string, place: readonly string[]): Fact[] {
  const { name, in: location, $ref } = found(capture, from, place).value;
  const own = [...place, typeof location === 'string' ? location : 'unknown', String(name ?? $ref)];
  const part = found(capture, from, own);
  const facts = describedFacts(capture, { ...part, value: without(without(part.value, 'name'), 'in') }, own);
  return orEmpty([...facts, ...part.beside], own, part.pointer).map((fact) => ({ ...fact, usedAt: from }));
}

/** A parameter or a header: merges the facts of its schema with its own, and marks ambiguous names. */
function describedFacts(capture: JsonObject, { value, pointer }: Part, place: readonly string[]): Fact[] {
  const { schema, examples, ...others } = withoutProse(value);
  const isOwn = (keyword = ''): boolean => parameterKeywords.includes(keyword) || keyword.startsWith('x-');
  const index = place.length;
  const ofSchema =
    schema === undefined
      ? []
      : orEmpty(schemaFacts(schema, at(pointer, 'schema'), place), [...place, 'schema'], at(pointer, 'schema'));
  return [
    ...factsIn(others, place, pointer).map((fact) =>
      isOwn(fact.place[index]) ? fact : { ...fact, place: fact.place.with(index, `$${fact.place[index] ?? ''}`) },
    ),
    ...ofSchema.map((fact) =>
      isOwn(fact.place[index]) ? { ...fact, place: fact.place.toSpliced(index, 0, 'schema') } : fact,
    ),
    ...namedExampleFacts(capture, examples, at(pointer, 'examples'), place),
  ];
}

function namedExampleFacts(
  capture: JsonObject,
  examples: unknown,
  pointer: string,
  place: readonly string[],
): readonly Fact[] {
  if (examples === undefined) return [];
  const own = [...place, 'examples'];
  if (!isJsonObject(examples)) return [{ place: own, value: examples, pointer }];
  const facts = Object.keys(examples).flatMap((name): Fact[] => {
    const keywords = [...place, 'exampleKeywords', name];
    const example = found(capture, at(pointer, name), keywords);
    const { value, ...others } = withoutProse(example.value);
    const inner: Fact[] = [...factsIn(others, keywords, example.pointer), ...example.beside];
    return 'value' in example.value || inner.length === 0
      ? [...exampleFacts(value, [...own, name], at(example.pointer, 'value')), ...inner]
      : inner;
  });
  return orEmpty(facts, own, pointer);
}

function bodyFacts(capture: JsonObject, from: string, place: readonly string[]): Fact[] {
  const { beside, ...part } = found(capture, from, place);
  return [...contentFacts(capture, part, place), ...beside];
}

/** The facts of a body. JSON is the default media type, and is not part of their place. */
function contentFacts(capture: JsonObject, { value, pointer }: Part, place: readonly string[]): Fact[] {
  const { content, ...others } = withoutProse(value);
  const media = isJsonObject(content) ? Object.keys(content) : [];
  return [
    ...factsIn(others, place, pointer),
    ...media.flatMap((mediaType) => mediaFacts(capture, mediaType, at(pointer, 'content', mediaType), place)),
    ...(content === undefined || media.length > 0
      ? []
      : [{ place: [...place, 'content'], value: content, pointer: at(pointer, 'content') }]),
  ];
}

function mediaFacts(capture: JsonObject, mediaType: string, pointer: string, body: readonly string[]): readonly Fact[] {
  const named = [...body, 'content', mediaType];
  const place = mediaType === 'application/json' ? body : named;
  const { schema, examples, ...others } = withoutProse(objectOf(valueAt(capture, pointer)));
  const facts = [
    ...(schema === undefined ? [] : bodySchemaFacts(schema, at(pointer, 'schema'), [...place, 'schema'])),
    ...namedExampleFacts(capture, examples, at(pointer, 'examples'), place),
    ...factsIn(others, named, pointer),
  ];
  return orEmpty(facts, named, pointer);
}

/** Represents a named schema by its name. */
function bodySchemaFacts(schema: unknown, pointer: string, place: readonly string[]): readonly Fact[] {
  const facts = orEmpty(schemaFacts(schema, pointer, place), place, pointer);
  const of = facts.find((fact) => fact.place.at(-1) === 'of' && fact.place.length === place.length + 1);
  return of !== undefined && facts.length === 2 ? [{ ...of, place }] : facts;
}

function replyFacts(capture: JsonObject, from: string, place: readonly string[]): Fact[] {
  const { value, pointer, beside } = found(capture, from, place);
  const headers = value['headers'];
  const names = isJsonObject(headers) ? Object.keys(headers) : [];
  const facts = [
    ...contentFacts(capture, { value: names.length > 0 ? without(value, 'headers') : value, pointer }, place),
    ...names.flatMap((name) => headerFacts(capture, at(pointer, 'headers', name), [...place, 'headers', name])),
    ...beside,
  ];
  // A status without a body is also a fact.
  return [...orEmpty(facts, place, pointer)];
}

function headerFacts(capture: JsonObject, from: string, place: readonly string[]): readonly Fact[] {
  const { beside, ...part } = found(capture, from, place);
  return orEmpty([...describedFacts(capture, part, place), ...beside], place, part.pointer);
}
