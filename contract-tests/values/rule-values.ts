import { merged, samplesOf, type SchemaSource } from './arbitrary.js';
import { follow, isJsonObject, listOf, objectOf, without, type JsonObject } from '../../src/openapi/index.js';
import { formatNamed } from '../spec/formats.js';
import type { Rule } from '../spec/rules.js';

/** Per rule. */
const maxValues = 8;

/** Values of each JSON type, including those that a careless parser confuses with another type. */
const valuesOfEachType = [null, true, 0, 1, 1.5, -1, '', 'text', '1', 'true', [], ['text'], {}, { text: 'text' }];

/**
 * Values that violate a constraint and, if possible, no other constraint of the same place.
 *
 * @throws Error if there is none, because such a constraint cannot be tested.
 */
export function breakingValues(source: SchemaSource, rule: Rule): unknown[] {
  return cached(rule, () => findBreakingValues(source, rule));
}

function findBreakingValues(source: SchemaSource, rule: Rule): unknown[] {
  const { schema, keyword } = rule;
  const relaxedSchema = relaxed(source, schema, rule);
  const breaks = (value: unknown): boolean =>
    !source.conforms(schema, value) &&
    // A value of another type violates the other keywords, too.
    (keyword === 'type'
      ? ![rule.subject].flat().some((type) => hasType(value, type))
      : source.conforms(relaxedSchema, value));
  const candidates = distinct(breakingCandidates(source, rule, relaxedSchema)).filter(breaks);
  const values = candidates.length > 0 ? candidates : distinct(samplesOf(source, relaxedSchema, 300)).filter(breaks);
  if (values.length > 0) return values.slice(0, keyword === 'type' ? undefined : maxValues);
  // Every value that violates this constraint violates another one, too.
  const breakingSeveral = distinct(breakingCandidates(source, rule, relaxedSchema)).filter(
    (value) => !source.conforms({ [keyword]: rule.subject }, value),
  );
  if (breakingSeveral.length > 0) return breakingSeveral.slice(0, maxValues);
  throw new Error(`#${rule.pointer}: the contract suite cannot generate a value that violates ${keyword}.`);
}

/** Values that a permission allows. */
export function permittedValues(source: SchemaSource, rule: Rule): unknown[] {
  return cached(rule, () => findPermittedValues(source, rule));
}

const found = new WeakMap<JsonObject, Map<string, unknown[]>>();

/** Replies share schemas, so the values of a rule are found only once. */
function cached({ schema, kind, pointer, within }: Rule, find: () => unknown[]): unknown[] {
  const ofSchema = found.get(schema) ?? new Map<string, unknown[]>();
  found.set(schema, ofSchema);
  const key = [kind, pointer, ...within].join(' ');
  const values = ofSchema.get(key) ?? find();
  ofSchema.set(key, values);
  return values;
}

function findPermittedValues(source: SchemaSource, rule: Rule): unknown[] {
  const values = distinct(permittedCandidates(source, rule)).filter((value) => source.conforms(rule.schema, value));
  if (values.length > 0) return values.slice(0, maxValues);
  throw new Error(`#${rule.pointer}: the contract suite cannot generate a value that ${rule.keyword} allows.`);
}

function distinct(values: readonly unknown[]): unknown[] {
  return [...new Map(values.map((value) => [JSON.stringify(value), value])).values()];
}

/** The schema without the constraint. References on the path to it are resolved. */
function relaxed(source: SchemaSource, schema: JsonObject, rule: Rule, within = rule.within): JsonObject {
  const { $ref, ...own } = schema;
  const resolved =
    typeof $ref === 'string' ? { ...follow(source.document, { value: { $ref }, pointer: '' }).value, ...own } : own;
  const [keyword, index, ...rest] = within;
  if (keyword !== undefined && index !== undefined) {
    const branches = listOf(resolved[keyword]).map((branch, position) =>
      String(position) === index ? relaxed(source, objectOf(branch), rule, rest) : branch,
    );
    // Only this branch, because another one might accept the value.
    return keyword === 'allOf' ? { ...resolved, allOf: branches } : objectOf(branches[Number(index)]);
  }
  const { [rule.keyword]: removed, ...others } = resolved;
  return rule.keyword === 'required'
    ? { ...others, required: listOf(removed).filter((name) => name !== rule.subject) }
    : others;
}

function breakingCandidates(source: SchemaSource, rule: Rule, relaxedSchema: JsonObject): unknown[] {
  const { keyword, subject } = rule;
  const some = (): unknown[] => samplesOf(source, merged(source, rule.schema), 3);
  const number = Number(subject);
  switch (keyword) {
    case 'type':
    case 'anyOf':
    case 'oneOf':
      return valuesOfEachType;
    case 'required':
      return some().map((value) => without(objectOf(value), String(subject)));
    case 'additionalProperties':
      return some().map((value) => ({ ...objectOf(value), undocumented: 'text' }));
    case 'enum':
    case 'const':
      return [subject].flat().flatMap((value: unknown) => nearMisses(value));
    case 'format':
      return [...formatNamed(String(subject), rule.pointer).invalid];
    case 'minimum':
      return [number - 1, number - 1e-3, number - 1_000];
    case 'maximum':
      return [number + 1, number + 1e-3, number + 1_000];
    case 'exclusiveMinimum':
    case 'exclusiveMaximum':
      return [number];
    case 'multipleOf':
      return some().flatMap((value) => [Number(value) + number / 2, Number(value) + 1]);
    case 'minLength':
      return number > 0
        ? some().map((value) =>
            Array.from(String(value))
              .slice(0, number - 1)
              .join(''),
          )
        : [];
    case 'maxLength':
      return some().map((value) => String(value).padEnd(number + 1, String(value).at(-1) ?? 'x'));
    case 'minItems':
      return number > 0 ? some().map((value) => listOf(value).slice(0, number - 1)) : [];
    case 'maxItems':
      return [listOfLength(source, relaxedSchema, number + 1)];
    case 'uniqueItems':
      return samplesOf(source, { ...relaxedSchema, minItems: 1 }, 3).map((value) => [
        ...listOf(value),
        listOf(value)[0],
      ]);
    case 'minProperties':
      return some().map((value) => Object.fromEntries(Object.entries(objectOf(value)).slice(0, number - 1)));
    case 'maxProperties':
      return [objectOfSize(objectOf(some()[0]), number + 1)];
    default:
      return keyword === 'pattern' ? ['', 'text', ' ', '\n', ...some().flatMap(nearMisses)] : [];
  }
}

function permittedCandidates(source: SchemaSource, rule: Rule): unknown[] {
  const { keyword, subject, schema } = rule;
  const tightened = (limit: JsonObject, count = 2): unknown[] =>
    samplesOf(source, { ...merged(source, schema), ...limit }, count);
  switch (keyword) {
    case 'enum':
      return [subject];
    case 'type':
      return [...valuesOfEachType, 'Größe €', ...tightened({ type: subject }, 3)].filter((value) =>
        hasType(value, subject),
      );
    case 'format':
      return [...formatNamed(String(subject), rule.pointer).edges];
    case 'properties':
      return samplesOf(source, schema, 3).map((value) => without(objectOf(value), String(subject)));
    case 'additionalProperties':
      return undocumentedMembers(source, rule);
    case 'anyOf':
    case 'oneOf':
      return samplesOf(source, objectOf(subject), 5);
    case 'minimum':
    case 'maximum':
      return [subject];
    case 'exclusiveMinimum':
      return [Number(subject) + 1, Number(subject) + 1e-3];
    case 'exclusiveMaximum':
      return [Number(subject) - 1, Number(subject) - 1e-3];
    case 'maxItems':
      return [listOfLength(source, schema, Number(subject))];
    default:
      return tightened({ [opposite(keyword)]: subject });
  }
}

/** The opposite limit. With both limits, a value can only be at the edge. */
function opposite(keyword: string): string {
  return keyword.startsWith('min') ? keyword.replace('min', 'max') : keyword.replace('max', 'min');
}

function undocumentedMembers(source: SchemaSource, { schema }: Rule): unknown[] {
  const { additionalProperties } = merged(source, schema);
  const values = isJsonObject(additionalProperties) ? samplesOf(source, additionalProperties, 2) : ['text', null, [1]];
  return samplesOf(source, schema, 1).flatMap((value) =>
    values.map((undocumented) => ({ ...objectOf(value), undocumented })),
  );
}

function hasType(value: unknown, type: unknown): boolean {
  if (type === 'integer') return Number.isInteger(value);
  if (type === 'null') return value === null;
  if (type === 'array') return Array.isArray(value);
  return type === 'object' ? isJsonObject(value) : typeof value === type;
}

function nearMisses(value: unknown): unknown[] {
  if (typeof value === 'number') return [value + 1, -value - 1];
  if (typeof value === 'boolean') return [!value];
  if (typeof value !== 'string') return ['text', 0, null];
  const text = value;
  return [`${text}_`, text.slice(1), text.toLowerCase(), text.toUpperCase(), ` ${text}`, ''];
}

function listOfLength(source: SchemaSource, schema: JsonObject, length: number): unknown[] {
  const { items, uniqueItems } = merged(source, schema);
  const pool = samplesOf(source, objectOf(items), uniqueItems === true ? length * 4 : 1);
  const values = uniqueItems === true ? distinct(pool) : pool;
  return Array.from({ length }, (_, index) => values[index % values.length]);
}

function objectOfSize(value: JsonObject, size: number): JsonObject {
  const missing = Math.max(0, size - Object.keys(value).length);
  return {
    ...value,
    ...Object.fromEntries(Array.from({ length: missing }, (_, index) => [`more${String(index)}`, 'text'])),
  };
}
