import type { RuleMatch } from './change.js';
import { children, isJsonObject, type Node } from '../openapi/index.js';
import type { Context, ShapePair } from './context.js';
import { isAnnotation, limits } from './schema-shape.js';

/** Formats in order of width: each also allows the values of the one before it. */
const widths = [
  ['int32', 'int64'],
  ['float', 'double'],
];

/** Keywords whose value is a schema. Those in `manySchemas` take a list or a map of schemas. */
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

/** Keywords that other rules report: their effect is to remove a member from a request or a reply. */
const reportedByOtherRules = new Set(['readOnly', 'writeOnly']);

/** Changes of every keyword without a field of its own in a shape, such as limits, formats and patterns. */
export function compareKeywords(context: Context, pair: ShapePair): RuleMatch[] {
  const before = effective(pair.old.keywords);
  const after = effective(pair.new.keywords);
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((keyword): RuleMatch[] => {
    if (reportedByOtherRules.has(keyword)) return [];
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

/** The keywords in their OpenAPI 3.1 form, without those that constrain nothing. */
function effective(keywords: ReadonlyMap<string, Node>): Map<string, Keyword> {
  const result = new Map<string, Keyword>();
  for (const [keyword, at] of keywords) {
    if (keyword.startsWith('min') && at.value === 0 && keyword !== 'minimum') continue;
    if (at.value === false && /^(exclusive|unique)/.test(keyword)) continue;
    // In 3.0 this boolean modifies `minimum` or `maximum`.
    if (at.value === true && keyword.startsWith('exclusive')) continue;
    const exclusive = `exclusive${keyword.charAt(0).toUpperCase()}${keyword.slice(1)}`;
    result.set(keywords.get(exclusive)?.value === true ? exclusive : keyword, { at, value: at.value });
  }
  return result;
}

function ruleFor(keyword: string, old: unknown, changed: unknown): RuleMatch['ruleId'] {
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
  // If several schemas of an allOf have the keyword, its value is a list.
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

/** Identifies a discriminator by its member and values rather than by component names. */
function textOf(keyword: string, value: unknown): unknown {
  if (keyword === 'default') return value;
  if (keyword === 'discriminator' && isJsonObject(value)) {
    const values = Object.keys(isJsonObject(value['mapping']) ? value['mapping'] : {});
    return [String(value['propertyName']), ...values.sort()].join(' ');
  }
  return value === true ? keyword : `${keyword} ${typeof value === 'string' ? value : canonical(value)}`;
}

/** JSON text without annotations and component names, independent of member order. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (!isJsonObject(value)) return JSON.stringify(value);
  const names = Object.keys(value).filter((key) => !isAnnotation(key));
  return `{${names
    .sort()
    .map((key) => `${JSON.stringify(key)}:${key === '$ref' ? '""' : canonical(value[key])}`)
    .join(',')}}`;
}
