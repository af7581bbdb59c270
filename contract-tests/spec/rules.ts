import { at, follow, isJsonObject, listOf, objectOf, type JsonObject, type Part } from '../../src/openapi/index.js';
import { formatNamed } from './formats.js';
import { assertions } from '../../scripts/generate/supported/list.js';

/** One step from a value into it. */
export type Step =
  | { readonly into: 'member'; readonly name: string }
  | { readonly into: 'item' }
  /** A member that the schema does not name. */
  | { readonly into: 'entry' }
  /** Not into the value, but to one of the schemas that it may have. */
  | { readonly into: 'branch'; readonly schema: JsonObject };

/** Something that a schema says of the values at one place. */
export interface Rule {
  /** Whether it forbids values, or allows them. */
  readonly kind: 'constraint' | 'permission';
  /** Where the rule stands in the description. */
  readonly pointer: string;
  readonly keyword: string;
  /** The keyword's value, or for `required` and `enum` the entry that the rule is about. */
  readonly subject: unknown;
  /** The way from the whole value to the place. */
  readonly location: readonly Step[];
  /** The whole schema of the values at the place. */
  readonly schema: JsonObject;
  /** The way from that schema to the one that has the keyword, through `allOf`, `anyOf` and `oneOf`. */
  readonly within: readonly string[];
}

interface Visit {
  readonly document: JsonObject;
  readonly location: readonly Step[];
  readonly schema: JsonObject;
  readonly within: readonly string[];
  /** The places that led here: a schema which contains itself is visited once. */
  readonly seen: readonly string[];
}

/** Every rule of a schema and of all that it holds, in the order of the schema. */
export function rulesOf(document: JsonObject, root: Part): Rule[] {
  return visit(root, { document, location: [], schema: root.value, within: [], seen: [] });
}

function visit(part: Part, context: Visit): Rule[] {
  if (part.pointer !== '' && context.seen.includes(part.pointer)) return [];
  const deeper = { ...context, seen: [...context.seen, part.pointer] };
  const { value, pointer } = part;
  const referenced = typeof value['$ref'] === 'string' ? follow(context.document, part) : undefined;
  return [
    ...Object.keys(value)
      .filter((keyword) => keyword in assertions)
      .flatMap((keyword) => rulesOfKeyword(keyword, part, deeper)),
    ...rulesOfMembers(part, deeper),
    ...(referenced === undefined ? [] : visit(referenced, deeper)),
    ...listOf(value['allOf']).flatMap((branch, index) =>
      visit(
        { value: objectOf(branch), pointer: at(pointer, 'allOf', index) },
        { ...deeper, within: [...deeper.within, 'allOf', String(index)] },
      ),
    ),
    ...rulesOfBranches(part, deeper),
    ...childrenOf(part).flatMap(([step, child]) => {
      const resolved = follow(context.document, child);
      return visit(resolved, { ...deeper, location: [...deeper.location, step], schema: resolved.value, within: [] });
    }),
  ];
}

function ruleMaker(context: Visit) {
  return (kind: Rule['kind'], pointer: string, keyword: string, subject: unknown): Rule => {
    const { location, schema, within } = context;
    return { kind, pointer, keyword, subject, location, schema, within };
  };
}

function rulesOfKeyword(keyword: string, { value, pointer }: Part, context: Visit): Rule[] {
  const rule = ruleMaker(context);
  const subject = value[keyword];
  const place = at(pointer, keyword);
  if (keyword === 'uniqueItems' && subject !== true) return [];
  const constraint = rule('constraint', place, keyword, subject);
  switch (keyword) {
    case 'enum':
      return [
        constraint,
        ...listOf(subject).map((entry, index) => rule('permission', at(place, index), keyword, entry)),
      ];
    case 'type':
      return [
        constraint,
        ...(Array.isArray(subject)
          ? listOf(subject).map((type, index) => rule('permission', at(place, index), keyword, type))
          : [rule('permission', place, keyword, subject)]),
      ];
    case 'format': {
      const { invalid, edges } = formatNamed(String(subject), place);
      return [
        ...(invalid.length === 0 ? [] : [constraint]),
        ...(edges.length === 0 ? [] : [rule('permission', place, keyword, subject)]),
      ];
    }
    case 'anyOf':
    case 'oneOf':
    case 'not':
    case 'const':
    case 'pattern':
    case 'uniqueItems':
      return [constraint];
    default:
      return [constraint, rule('permission', place, keyword, subject)];
  }
}

/** Which members an object has to have, may leave out, and may have besides. */
function rulesOfMembers({ value, pointer }: Part, context: Visit): Rule[] {
  const rule = ruleMaker(context);
  const required = listOf(value['required']);
  const others = value['additionalProperties'];
  const optional = Object.keys(objectOf(value['properties'])).filter((name) => !required.includes(name));
  const closed = rule('constraint', at(pointer, 'additionalProperties'), 'additionalProperties', false);
  // A schema of an allOf may be silent on a member that another one of it requires or forbids.
  const whole = context.within.length === 0 && !('allOf' in value) && !('$ref' in value);
  const open = whole && ('properties' in value || value['type'] === 'object') && others !== false;
  return [
    ...required.map((name, index) => rule('constraint', at(pointer, 'required', index), 'required', name)),
    ...(whole ? optional : []).map((name) => rule('permission', at(pointer, 'properties', name), 'properties', name)),
    ...(others === false ? [closed] : []),
    ...(open ? [rule('permission', pointer, 'additionalProperties', true)] : []),
  ];
}

function rulesOfBranches({ value, pointer }: Part, context: Visit): Rule[] {
  return ['anyOf', 'oneOf'].flatMap((keyword) =>
    listOf(value[keyword]).flatMap((branch, index) => {
      const part = { value: objectOf(branch), pointer: at(pointer, keyword, index) };
      const step: Step = { into: 'branch', schema: part.value };
      const location = [...context.location, step];
      return [
        { ...ruleMaker(context)('permission', part.pointer, keyword, part.value), location: context.location },
        ...visit(part, { ...context, location, within: [...context.within, keyword, String(index)] }),
      ];
    }),
  );
}

function childrenOf({ value, pointer }: Part): [Step, Part][] {
  const members = Object.entries(objectOf(value['properties'])).map(([name, schema]): [Step, Part] => [
    { into: 'member', name },
    { value: objectOf(schema), pointer: at(pointer, 'properties', name) },
  ]);
  const inner = (keyword: string, step: Step): [Step, Part][] => {
    const schema = value[keyword];
    return isJsonObject(schema) ? [[step, { value: schema, pointer: at(pointer, keyword) }]] : [];
  };
  return [...members, ...inner('items', { into: 'item' }), ...inner('additionalProperties', { into: 'entry' })];
}

/** Whether a rule holds in one branch only: a value that breaks it is refused by the other branches, too, for reasons of theirs. */
export function isInBranch({ location }: Pick<Rule, 'location'>): boolean {
  return location.some(({ into }) => into === 'branch');
}

/** The place of a rule as people write it, such as `inputs[].from.id`. */
export function placeOf({ location }: Pick<Rule, 'location'>): string {
  const text = location
    .map((step) => {
      if (step.into === 'member') return `.${step.name}`;
      return { item: '[]', entry: '.*', branch: '' }[step.into];
    })
    .join('');
  return text.replace(/^\./, '');
}
