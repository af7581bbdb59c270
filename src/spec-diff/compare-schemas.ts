import { toSchemaChange, mergeDuplicates, prefixPaths, type SchemaChange } from './change.js';
import { compareKeywords } from './compare-keywords.js';
import { compareMembers } from './compare-members.js';
import { compareTypes, compareValues, haveNoCommonType } from './compare-types.js';
import { compareUnions, isUnionOnOneSide } from './compare-unions.js';
import type { Context, ValueSchemas, ShapePair } from './context.js';
import { isJsonObject, type Description } from '../openapi/index.js';
import { isAnnotation, shapeOf } from './schema-shape.js';
import { summaryOf } from './summary.js';

/** One comparison per direction, because a change may affect only one of them. */
export interface Comparisons {
  readonly request: Context;
  readonly reply: Context;
}

/**
 * Compares schemas of two descriptions.
 *
 * Each pair is compared only once and the result reused, so that recursive schemas take no longer than
 * others.
 */
export function createComparisons(old: Description, changed: Description): Comparisons {
  return comparisonsWith(old, changed, createEquality(old, changed));
}

function comparisonsWith(old: Description, changed: Description, isSame: Context['isSame']): Comparisons {
  const inDirection = (direction: 'request' | 'reply'): Context => {
    const known = new Map<string, readonly SchemaChange[]>();
    const context: Context = {
      ...{ old, new: changed, direction, isSame },
      compare: (a, b) => {
        const key = keyOf(old, a, changed, b);
        const changes = known.get(key);
        if (changes !== undefined) return changes;
        // While a pair is being compared, its recursive occurrences add no further changes.
        known.set(key, []);
        const found = compareValueSchemas(context, a, b);
        known.set(key, found);
        return found;
      },
    };
    return context;
  };
  return { request: inDirection('request'), reply: inDirection('reply') };
}

/**
 * Two recursive schemas are equal if assuming that they are equal reveals no difference. Each question is
 * therefore a separate comparison, and results that rest on a wrong assumption are discarded.
 */
function createEquality(old: Description, changed: Description): Context['isSame'] {
  const assumed = new Set<string>();
  const different = new Set<string>();
  const same = new Set<string>();
  const isSame: Context['isSame'] = (a, b) => {
    const key = keyOf(old, a, changed, b);
    if (different.has(key)) return false;
    if (same.has(key) || assumed.has(key)) return true;
    assumed.add(key);
    const { request, reply } = comparisonsWith(old, changed, isSame);
    const isEqual = request.compare(a, b).length === 0 && reply.compare(a, b).length === 0;
    assumed.delete(key);
    if (isEqual) same.add(key);
    else {
      different.add(key);
      same.clear();
    }
    return isEqual;
  };
  return isSame;
}

function keyOf(old: Description, a: ValueSchemas, changed: Description, b: ValueSchemas): string {
  return `${identity(old, a)} > ${identity(changed, b)}`;
}

function compareValueSchemas(context: Context, old: ValueSchemas, changed: ValueSchemas): SchemaChange[] {
  const pair = {
    old: shapeOf(context.old, old.schemas, old.at),
    new: shapeOf(context.new, changed.schemas, changed.at),
  };
  return mergeDuplicates(compareShapes(context, pair));
}

/** Identifies schemas by their own pointers rather than by those of references to them. */
function identity(description: Description, { schemas }: ValueSchemas): string {
  const pointers = schemas.map((schema) => {
    const { value } = schema;
    const isReference = isJsonObject(value) && Object.keys(value).every((key) => key === '$ref' || isAnnotation(key));
    return (isReference ? description.resolve(schema) : schema).pointer;
  });
  return pointers.join(' & ');
}

function compareShapes(context: Context, pair: ShapePair): SchemaChange[] {
  const unions = compareUnions(context, pair);
  if (isUnionOnOneSide(pair)) return unions;
  const types = compareTypes(context, pair).map((found) => toSchemaChange(found));
  if (haveNoCommonType(pair)) return types;
  return [
    ...unions,
    ...types,
    ...compareValues(pair).map((found) => toSchemaChange(found)),
    ...compareKeywords(context, pair).map((found) => toSchemaChange(found)),
    ...compareMembers(context, pair),
    ...compareItems(context, pair),
  ];
}

function compareItems(context: Context, pair: ShapePair): SchemaChange[] {
  const [old, changed] = [pair.old.items, pair.new.items];
  const areArrays = [pair.old, pair.new].every(({ types }) => types?.includes('array'));
  if (!areArrays || (old === undefined && changed === undefined)) return [];
  const places = { oldAt: old?.[0] ?? pair.old.at, newAt: changed?.[0] ?? pair.new.at };
  if (old === undefined) {
    return [toSchemaChange({ ruleId: 'items-declared', new: summaryOf(context.new, changed ?? []), ...places }, '[]')];
  }
  if (changed === undefined) {
    return [toSchemaChange({ ruleId: 'items-undeclared', old: summaryOf(context.old, old), ...places }, '[]')];
  }
  const changes = context.compare({ schemas: old, at: places.oldAt }, { schemas: changed, at: places.newAt });
  return prefixPaths('[]', changes);
}
