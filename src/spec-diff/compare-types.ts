import type { Found } from './change.js';
import type { Context, ShapePair } from './context.js';
import type { Node } from '../openapi/index.js';
import { covers, type Shape } from './schema-shape.js';
import { summaryOfShape } from './summary.js';

/** Whether the values of the new schema are of another type altogether, so that nothing else can be compared. */
export function typesAreForeign({ old, new: changed }: ShapePair): boolean {
  const [before, after] = [old.types, changed.types];
  if (before === undefined || after === undefined || before.length === 0 || after.length === 0) return false;
  return before.every((type) => !covers(after, type)) && after.every((type) => !covers(before, type));
}

/** Changes of the types of a value, `null` among them. */
export function compareTypes(context: Context, pair: ShapePair): Found[] {
  const [before, after] = [pair.old.types, pair.new.types];
  const lost = before?.some((type) => after !== undefined && !covers(after, type)) ?? after !== undefined;
  const gained = after?.some((type) => before !== undefined && !covers(before, type)) ?? before !== undefined;
  const ruleId = lost ? (gained ? 'type-changed' : 'type-narrowed') : 'type-widened';
  return [
    ...(lost || gained ? [{ ruleId, ...asWritten(context, pair) } as const] : []),
    ...compareNullability(context, pair),
  ];
}

/** A schema of any type includes null, which is no change of its own. */
export function compareNullability(context: Context, pair: ShapePair): Found[] {
  const isAny = ({ types, unions }: Shape): boolean => types === undefined && unions.length === 0;
  if (isAny(pair.old) || isAny(pair.new) || pair.old.nullable === pair.new.nullable) return [];
  const ruleId = pair.new.nullable ? 'became-nullable' : 'became-non-nullable';
  return [{ ruleId, ...asWritten(context, pair) }];
}

function asWritten(context: Context, { old, new: changed }: ShapePair): Omit<Found, 'ruleId'> {
  return {
    old: summaryOfShape(context.old, old),
    new: summaryOfShape(context.new, changed),
    oldAt: old.typeAt,
    newAt: changed.typeAt,
  };
}

/** Changes of the list of allowed values; their order means nothing. */
export function compareValues({ old, new: changed }: ShapePair): Found[] {
  const places = { oldAt: old.valuesAt, newAt: changed.valuesAt };
  const [before, after] = [old.values, changed.values];
  if (before === undefined || after === undefined) {
    if (after !== undefined) return [{ ruleId: 'enum-added', new: plain(after), ...places }];
    return before === undefined ? [] : [{ ruleId: 'enum-removed', old: plain(before), ...places }];
  }
  return [
    ...[...before]
      .filter(([text]) => !after.has(text))
      .map(([, node]): Found => ({ ruleId: 'enum-value-removed', old: node.value, ...places, oldAt: node })),
    ...[...after]
      .filter(([text]) => !before.has(text))
      .map(([, node]): Found => ({ ruleId: 'enum-value-added', new: node.value, ...places, newAt: node })),
  ];
}

function plain(values: ReadonlyMap<string, Node>): unknown[] {
  return [...values].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, node]) => node.value);
}
