import { here, within, type SchemaChange } from './change.js';
import type { Context, ShapePair } from './context.js';
import { isJsonObject, type Description, type Node } from '../openapi/index.js';
import type { Member, Shape } from './schema-shape.js';
import { summaryOf } from './summary.js';

/** Changes of the members of an object, named or not. */
export function compareMembers(context: Context, pair: ShapePair): SchemaChange[] {
  const [before, after] = [membersIn(context, 'old', pair.old), membersIn(context, 'new', pair.new)];
  const names = [...new Set([...before.keys(), ...after.keys()])];
  return [
    ...names.flatMap((name) => within(`.${name}`, compareMember(context, pair, before.get(name), after.get(name)))),
    ...compareOthers(context, pair),
  ];
}

function compareMember(
  context: Context,
  pair: ShapePair,
  old: Member | undefined,
  changed: Member | undefined,
): SchemaChange[] {
  const places = { oldAt: old?.at ?? pair.old.at, newAt: changed?.at ?? pair.new.at };
  if (old === undefined || changed === undefined) {
    if (changed !== undefined) {
      const ruleId = changed.required === undefined ? 'member-added' : 'required-member-added';
      return [here({ ruleId, new: summaryOf(context.new, changed.schemas), ...places })];
    }
    return old === undefined
      ? []
      : [here({ ruleId: 'member-removed', old: summaryOf(context.old, old.schemas), ...places })];
  }
  const was = old.required !== undefined;
  const is = changed.required !== undefined;
  const requiredAt = { oldAt: old.required ?? old.at, newAt: changed.required ?? changed.at };
  return [
    ...(was === is
      ? []
      : [
          here({
            ruleId: is ? 'member-became-required' : 'member-became-optional',
            old: was ? 'required' : 'optional',
            new: is ? 'required' : 'optional',
            ...requiredAt,
          }),
        ]),
    ...context.compare({ schemas: old.schemas, at: old.at }, { schemas: changed.schemas, at: changed.at }),
  ];
}

/** The members that the direction has: what is read-only is not sent, what is write-only not received. */
function membersIn(context: Context, side: 'old' | 'new', { members }: Shape): Map<string, Member> {
  const absent = context.direction === 'request' ? 'readOnly' : 'writeOnly';
  const says = (schema: Node, description: Description): boolean =>
    [schema, description.resolve(schema)].some(({ value }) => isJsonObject(value) && value[absent] === true);
  return new Map([...members].filter(([, { schemas }]) => !schemas.some((schema) => says(schema, context[side]))));
}

function compareOthers(context: Context, pair: ShapePair): SchemaChange[] {
  const [old, changed] = [pair.old.others, pair.new.others];
  const areObjects = [pair.old, pair.new].every(({ types }) => types?.includes('object'));
  if (!areObjects) return [];
  const places = { oldAt: old.at, newAt: changed.at };
  if (old.closed !== changed.closed) {
    return [here({ ruleId: changed.closed ? 'members-closed' : 'members-opened', ...places })];
  }
  if (old.schemas.length === 0 && changed.schemas.length === 0) return [];
  if (old.schemas.length === 0) {
    return [here({ ruleId: 'members-declared', new: summaryOf(context.new, changed.schemas), ...places }, '.*')];
  }
  if (changed.schemas.length === 0) {
    return [here({ ruleId: 'members-undeclared', old: summaryOf(context.old, old.schemas), ...places }, '.*')];
  }
  return within('.*', context.compare(old, changed));
}
