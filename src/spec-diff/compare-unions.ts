import { toSchemaChange, type SchemaChange } from './change.js';
import type { Context, ValueSchemas, ShapePair } from './context.js';
import { compareNullability } from './compare-types.js';
import { shapeOf, type Shape } from './schema-shape.js';
import { summaryOf } from './summary.js';

/** Whether only one schema is a union. The other then counts as a single alternative. */
export function isUnionOnOneSide({ old, new: changed }: ShapePair): boolean {
  return old.unions.length + changed.unions.length === 1;
}

/** Changes of the alternatives of `oneOf` and `anyOf`, regardless of order. */
export function compareUnions(context: Context, pair: ShapePair): SchemaChange[] {
  const { old, new: changed } = pair;
  if (isUnionOnOneSide(pair)) {
    const nullability = compareNullability(context, pair).map((found) => toSchemaChange(found));
    return [...nullability, ...compareAlternatives(context, pair, alternativesOf(old, 0), alternativesOf(changed, 0))];
  }
  const unmatched = changed.unions.map((_, index) => alternativesOf(changed, index));
  const differing = old.unions
    .map((_, index) => alternativesOf(old, index))
    .filter((alternatives) => {
      const index = unmatched.findIndex((others) => areSame(context, alternatives, others));
      if (index >= 0) unmatched.splice(index, 1);
      return index < 0;
    });
  if (differing.length === unmatched.length) {
    return differing.flatMap((alternatives, index) =>
      compareAlternatives(context, pair, alternatives, unmatched[index] ?? []),
    );
  }
  const values = { old: `${String(old.unions.length)} oneOf`, new: `${String(changed.unions.length)} oneOf` };
  return [toSchemaChange({ ruleId: 'constraint-changed', ...values, oldAt: old.at, newAt: changed.at })];
}

function areSame(context: Context, old: ValueSchemas[], changed: ValueSchemas[]): boolean {
  return (
    old.length === changed.length &&
    old.every((a) => changed.some((b) => context.isSame(a, b))) &&
    changed.every((b) => old.some((a) => context.isSame(a, b)))
  );
}

function alternativesOf(shape: Shape, index: number): ValueSchemas[] {
  const union = shape.unions[index];
  return union === undefined ? [shape] : union.map((node) => ({ schemas: [node], at: node }));
}

function compareAlternatives(
  context: Context,
  pair: ShapePair,
  old: ValueSchemas[],
  changed: ValueSchemas[],
): SchemaChange[] {
  const added = [...changed];
  const take = (index: number): ValueSchemas | undefined => (index < 0 ? undefined : added.splice(index, 1)[0]);
  const differing = old.filter(
    (alternative) => take(added.findIndex((other) => context.isSame(alternative, other))) === undefined,
  );
  const changes = differing.flatMap((alternative): readonly SchemaChange[] => {
    const other = take(nearest(context, alternative, added));
    if (other !== undefined) return context.compare(alternative, other);
    const summary = summaryOf(context.old, alternative.schemas);
    return [toSchemaChange({ ruleId: 'alternative-removed', old: summary, oldAt: alternative.at, newAt: pair.new.at })];
  });
  return [
    ...changes,
    ...added.map((alternative) => {
      const summary = summaryOf(context.new, alternative.schemas);
      return toSchemaChange({ ruleId: 'alternative-added', new: summary, oldAt: pair.old.at, newAt: alternative.at });
    }),
  ];
}

/** The most similar alternative: of the same type and, for objects, with the most members in common. */
function nearest(context: Context, alternative: ValueSchemas, candidates: readonly ValueSchemas[]): number {
  const shape = shapeOf(context.old, alternative.schemas, alternative.at);
  const likeness = candidates.map((candidate) => {
    const other = shapeOf(context.new, candidate.schemas, candidate.at);
    if (String(shape.types) !== String(other.types)) return 0;
    if (shape.members.size === 0 && other.members.size === 0) return 1;
    return [...shape.members.keys()].filter((name) => other.members.has(name)).length;
  });
  const best = Math.max(0, ...likeness);
  return best === 0 ? -1 : likeness.indexOf(best);
}
