import type { Found } from './change.js';
import { children, isJsonObject, type Node } from '../openapi/index.js';
import type { Context, ShapePair } from './context.js';
import { isAnnotation, limits } from './schema-shape.js';

/** Formats of which each allows what the ones before it allow. */
const widths = [
  ['int32', 'int64'],
  ['float', 'double'],
];

/** Keywords whose value is a schema, and those whose value is a list or a map of schemas. */
const oneSchema = new Set([
  'not',
  'if',
  'then',
  'else',
  'contains',
  'propertyNames',
  'unevaluatedItems',
  'unevaluatedProperties',
]);
const manySchemas = new Set(['prefixItems', 'patternProperties', 'dependentSchemas']);

/** Keywords that are told by the members that they remove, or with the whole of what they stand at. */
const elsewhere = new Set(['readOnly', 'writeOnly']);

/** Changes of every keyword that has no place of its own in a shape: limits, formats, patterns and all the rest. */
export function compareKeywords(context: Context, pair: ShapePair): Found[] {
  const before = effective(pair.old.keywords);
  const after = effective(pair.new.keywords);
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((keyword): Found[] => {
    if (elsewhere.has(keyword)) return [];
    const [old, changed] = [before.get(keyword), after.get(keyword)];
    const places = { oldAt: old?.at ?? pair.old.at, newAt: changed?.at ?? pair.new.at };
    if (old !== undefined && changed !== undefined && isEqual(context, keyword, old, changed)) return [];
    if (keyword === 'default' && context.direction === 'reply') return [];
    const values = {
      ...(old === undefined ? {} : { old: textOf(keyword, old.value) }),
      ...(changed === undefined ? {} : { new: textOf(keyword, changed.value) }),
    };
    return [{ ruleId: ruleFor(keyword, old?.value, changed?.value), ...values, ...places }];
  });
}

interface Keyword {
  readonly at: Node;
  readonly value: unknown;
}

/** The keywords as OpenAPI 3.1 has them, without those that forbid nothing. */
function effective(keywords: ReadonlyMap<string, Node>): Map<string, Keyword> {
  const result = new Map<string, Keyword>();
  for (const [keyword, at] of keywords) {
    if (keyword.startsWith('min') && at.value === 0 && keyword !== 'minimum') continue;
    if (at.value === false && /^(exclusive|unique)/.test(keyword)) continue;
    // In 3.0 this says how to read the keyword beside it.
    if (at.value === true && keyword.startsWith('exclusive')) continue;
    const exclusive = `exclusive${keyword.charAt(0).toUpperCase()}${keyword.slice(1)}`;
    result.set(keywords.get(exclusive)?.value === true ? exclusive : keyword, { at, value: at.value });
  }
  return result;
}

function ruleFor(keyword: string, old: unknown, changed: unknown): Found['ruleId'] {
  if (keyword === 'default') return 'default-changed';
  if (keyword === 'discriminator') return 'discriminator-changed';
  if (old === undefined) return 'constraint-added';
  if (changed === undefined) return 'constraint-removed';
  const side = limits[keyword];
  if (side !== undefined) {
    const grows = Number(changed) > Number(old);
    return grows === (side === 'upper') ? 'constraint-loosened' : 'constraint-tightened';
  }
  if (keyword !== 'format') return 'constraint-changed';
  const width = widths.find((names) => [old, changed].every((name) => names.some((known) => known === name)));
  if (width === undefined) return 'format-changed';
  return width[0] === old ? 'constraint-loosened' : 'constraint-tightened';
}

function isEqual(context: Context, keyword: string, { at: old }: Keyword, { at: changed }: Keyword): boolean {
  const same = (a: Node, b: Node): boolean => context.isSame({ schemas: [a], at: a }, { schemas: [b], at: b });
  // Several schemas of an allOf may each have the keyword, which makes a list of it.
  const isList = Array.isArray(old.value) || Array.isArray(changed.value);
  if (oneSchema.has(keyword) && !isList) return same(old, changed);
  if (!manySchemas.has(keyword))
    return canonical(textOf(keyword, old.value)) === canonical(textOf(keyword, changed.value));
  const others = new Map(children(changed));
  const entries = children(old);
  return (
    entries.length === others.size &&
    entries.every(([key, node]) => {
      const other = others.get(key);
      return other !== undefined && same(node, other);
    })
  );
}

/** A discriminator is known by its member and the values it may have, not by the names of components. */
function textOf(keyword: string, value: unknown): unknown {
  if (keyword === 'default') return value;
  if (keyword === 'discriminator' && isJsonObject(value)) {
    const values = Object.keys(isJsonObject(value['mapping']) ? value['mapping'] : {});
    return [String(value['propertyName']), ...values.sort()].join(' ');
  }
  return value === true ? keyword : `${keyword} ${typeof value === 'string' ? value : canonical(value)}`;
}

/** JSON text that does not depend on the order of members, without what people read and names of components. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (!isJsonObject(value)) return JSON.stringify(value);
  const names = Object.keys(value).filter((key) => !isAnnotation(key));
  return `{${names
    .sort()
    .map((key) => `${JSON.stringify(key)}:${key === '$ref' ? '""' : canonical(value[key])}`)
    .join(',')}}`;
}
