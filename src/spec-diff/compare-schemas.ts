import { here, unite, within, type SchemaChange } from './change.js';
import { compareKeywords } from './compare-keywords.js';
import { compareMembers } from './compare-members.js';
import { compareTypes, compareValues, typesAreForeign } from './compare-types.js';
import { compareUnions, isUnionOnOneSide } from './compare-unions.js';
import type { Context, Said, ShapePair } from './context.js';
import { isJsonObject, type Description } from '../openapi/index.js';
import { isAnnotation, shapeOf } from './schema-shape.js';
import { summaryOf } from './summary.js';

/** Both directions of one comparison: a change of one may be none of the other. */
export interface Comparisons {
  readonly request: Context;
  readonly reply: Context;
}

/**
 * Compares schemas of two descriptions.
 *
 * Each pair is compared once and its changes repeated wherever it is met again, so that schemas that
 * contain themselves or one another take no longer than others.
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
        // A pair that is met again while it is being compared has no changes there that it does not have here.
        known.set(key, []);
        const found = compareSaid(context, a, b);
        known.set(key, found);
        return found;
      },
    };
    return context;
  };
  return { request: inDirection('request'), reply: inDirection('reply') };
}

/**
 * Two schemas that contain themselves are the same if nothing tells them apart once they are taken to be the
 * same. Each question is therefore a comparison of its own, and what it takes for granted is forgotten when
 * that proves wrong.
 */
function createEquality(old: Description, changed: Description): Context['isSame'] {
  const asked = new Set<string>();
  const different = new Set<string>();
  const same = new Set<string>();
  const isSame: Context['isSame'] = (a, b) => {
    const key = keyOf(old, a, changed, b);
    if (different.has(key)) return false;
    if (same.has(key) || asked.has(key)) return true;
    asked.add(key);
    const { request, reply } = comparisonsWith(old, changed, isSame);
    const isEqual = request.compare(a, b).length === 0 && reply.compare(a, b).length === 0;
    asked.delete(key);
    if (isEqual) same.add(key);
    else {
      different.add(key);
      same.clear();
    }
    return isEqual;
  };
  return isSame;
}

function keyOf(old: Description, a: Said, changed: Description, b: Said): string {
  return `${identity(old, a)} > ${identity(changed, b)}`;
}

function compareSaid(context: Context, old: Said, changed: Said): SchemaChange[] {
  const pair = {
    old: shapeOf(context.old, old.schemas, old.at),
    new: shapeOf(context.new, changed.schemas, changed.at),
  };
  return unite(compareShapes(context, pair));
}

/** The schemas themselves, wherever they are referred to. */
function identity(description: Description, { schemas }: Said): string {
  const pointers = schemas.map((schema) => {
    const { value } = schema;
    const onlyRefers = isJsonObject(value) && Object.keys(value).every((key) => key === '$ref' || isAnnotation(key));
    return (onlyRefers ? description.resolve(schema) : schema).pointer;
  });
  return pointers.join(' & ');
}

function compareShapes(context: Context, pair: ShapePair): SchemaChange[] {
  const unions = compareUnions(context, pair);
  if (isUnionOnOneSide(pair)) return unions;
  const types = compareTypes(context, pair).map((found) => here(found));
  if (typesAreForeign(pair)) return types;
  return [
    ...unions,
    ...types,
    ...compareValues(pair).map((found) => here(found)),
    ...compareKeywords(context, pair).map((found) => here(found)),
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
    return [here({ ruleId: 'items-declared', new: summaryOf(context.new, changed ?? []), ...places }, '[]')];
  }
  if (changed === undefined) {
    return [here({ ruleId: 'items-undeclared', old: summaryOf(context.old, old), ...places }, '[]')];
  }
  const changes = context.compare({ schemas: old, at: places.oldAt }, { schemas: changed, at: places.newAt });
  return within('[]', changes);
}
