import type { CapturedMember } from './capture.js';
import { contradictionEdit, contradicts } from './contradiction.js';
import type { Difference, Edit } from './difference.js';
import { type Notation, formatType } from '../page/notation.js';
import type { Entry } from '../page/facts.js';
import type { SampleNode } from '../page/sample-node.js';
import { matchesType, apparentType, valuesOf } from './page-values.js';
import type { RuleId } from './rules.js';
import { listPlace, ownerOf, samplePlace, type Excerpt, type Side } from './side.js';

/** Differences in the type, format and values of a member. */
export interface ComparedType {
  readonly differences: Difference[];
  /** The facts that the page does not state. */
  readonly unstated: string[];
  /** Whether the type differs, so that nested members cannot be compared. */
  readonly typeDiffers: boolean;
}

/** The list takes precedence over samples, because a value does not reveal the exact type. */
export function compareType(
  side: Side,
  member: CapturedMember,
  entry: Entry | undefined,
  excerpt: Excerpt,
  parent: Excerpt,
): ComparedType {
  const context = { side, member, excerpt, parent };
  const listed = entry?.type;
  if (entry !== undefined && listed !== undefined) {
    const place = { line: entry.line, part: listPlace(side) };
    if (formatType(listed) !== formatType(member.type)) {
      const differences = [
        typeDifference(context, listed, valuesOf(entry), place, findMismatch(excerpt, listed, valuesOf(entry))),
      ];
      return {
        differences,
        unstated: [],
        typeDiffers: listed.base !== member.type.base || listed.depth !== member.type.depth,
      };
    }
    const values = compareValues(context, entry);
    const mismatch = findMismatch(excerpt, listed, [...valuesOf(entry), ...member.values]);
    const contradictions =
      mismatch === undefined
        ? []
        : contradicts(side, member, excerpt, describeMismatch(mismatch, listed), mismatch.line);
    return { differences: [...values.differences, ...contradictions], unstated: values.unstated, typeDiffers: false };
  }

  const unstated = entry === undefined ? [] : [`type and required mark of ${excerpt.path}`];
  const mismatch = excerpt.samples.find(({ node }) => !matchesType(node, member.type));
  const place = (node: SampleNode): Place => ({ line: node.line, part: samplePlace(side) });
  if (mismatch !== undefined) {
    const shown = apparentType(mismatch.node) ?? { base: 'any', isEnum: false, depth: 1 };
    const typeDiffers = shown.base !== member.type.base || shown.depth !== member.type.depth;
    return { differences: [typeDifference(context, shown, [], place(mismatch.node))], unstated, typeDiffers };
  }
  const unknownValue = excerpt.samples
    .map(({ node }) => innermost(node))
    .find((node) => !isAllowed(node, member.values));
  if (unknownValue === undefined) return { differences: [], unstated, typeDiffers: false };
  const values = [...member.values, String(unknownValue.value)];
  return {
    differences: [
      valueDifference(context, 'enum-value-added', String(unknownValue.value), values, place(unknownValue)),
    ],
    unstated,
    typeDiffers: false,
  };
}

interface TypeContext {
  readonly side: Side;
  readonly member: CapturedMember;
  readonly excerpt: Excerpt;
  readonly parent: Excerpt;
}

interface Place {
  readonly line: number;
  readonly part: string;
}

function typeDifference(
  { side, member, excerpt, parent }: TypeContext,
  type: Notation,
  values: readonly string[],
  page: Place,
  mismatch?: SampleNode,
): Difference {
  const isSameType = type.base === member.type.base && type.depth === member.type.depth;
  const ruleId: RuleId = !isSameType
    ? 'type-changed'
    : type.isEnum === member.type.isEnum
      ? 'format-changed'
      : type.isEnum
        ? 'enum-added'
        : 'enum-removed';
  const what = ruleId === 'format-changed' ? 'format' : 'type';
  return side.createDifference({
    ruleId,
    direction: side.direction,
    pointer: `${side.pointer} ${excerpt.path}`,
    message: `${excerpt.path}: ${what} ${formatType(member.type)} becomes ${formatType(type)}`,
    old: formatType(member.type),
    new: formatType(type),
    page,
    spec: { line: member.line },
    schema: member.schema,
    edits: [
      typeEdit(side, member, parent, type, values),
      ...(mismatch === undefined
        ? []
        : [contradictionEdit(member.schema, member.name, describeMismatch(mismatch, type))]),
    ],
  });
}

function typeEdit(
  side: Side,
  { schema, name }: CapturedMember,
  parent: Excerpt,
  to: Notation,
  values: readonly string[],
): Edit {
  return { kind: 'type', schema, owner: ownerOf(side, parent), name, to, values };
}

/** Compares the values of an enum one by one. */
function compareValues(context: TypeContext, entry: Entry): { differences: Difference[]; unstated: string[] } {
  const { member, excerpt, side } = context;
  if (!member.type.isEnum) return { differences: [], unstated: [] };
  if (entry.values === undefined) return { differences: [], unstated: [`values of ${excerpt.path}`] };
  const { names, line, isComplete } = entry.values;
  const place = { line, part: listPlace(side) };
  const added = names.filter((value) => !member.values.includes(value));
  const absent = member.values.filter((value) => !names.includes(value));
  // The text may be cut off in the middle of the values.
  const removed = isComplete ? absent : [];
  const kept = isComplete ? names : [...names, ...absent];
  const mismatch = findMismatch(excerpt, member.type, kept);
  return {
    differences: [
      ...added.map((value) => valueDifference(context, 'enum-value-added', value, kept, place)),
      ...removed.map((value) => valueDifference(context, 'enum-value-removed', value, kept, place, mismatch)),
    ],
    unstated: isComplete || absent.length === 0 ? [] : [`values of ${excerpt.path}`],
  };
}

function valueDifference(
  { side, member, excerpt, parent }: TypeContext,
  ruleId: 'enum-value-added' | 'enum-value-removed',
  value: string,
  values: readonly string[],
  page: Place,
  mismatch?: SampleNode,
): Difference {
  const added = ruleId === 'enum-value-added';
  return side.createDifference({
    ruleId,
    direction: side.direction,
    pointer: `${side.pointer} ${excerpt.path}`,
    message: `${excerpt.path}: value ${value} ${added ? 'added' : 'removed'}`,
    ...(added ? { new: value } : { old: value }),
    page,
    spec: { line: member.line },
    schema: member.schema,
    edits: [
      typeEdit(side, member, parent, member.type, values),
      ...(mismatch?.value === value
        ? [contradictionEdit(member.schema, member.name, describeMismatch(mismatch, member.type))]
        : []),
    ],
  });
}

/** A sample value that does not match the listed type. */
function findMismatch(excerpt: Excerpt, listed: Notation, values: readonly string[]): SampleNode | undefined {
  const allowed = listed.isEnum ? values : [];
  return excerpt.samples
    .map(({ node }) => node)
    .find((node) => !matchesType(node, listed) || !isAllowed(innermost(node), allowed));
}

function describeMismatch(node: SampleNode, listed: Notation): string {
  const shown = apparentType(node);
  const type = `a value of type ${shown === undefined ? node.kind : formatType(shown)}`;
  const value = listed.isEnum && typeof node.value === 'string' ? `the value ${node.value}` : type;
  return `The sample gives ${value}, the list says ${formatType(listed)}.`;
}

/** The innermost element of nested arrays. */
function innermost(node: SampleNode): SampleNode {
  return node.items === undefined ? node : innermost(node.items);
}

/** Whether an enum allows the value. An empty list allows any value. */
function isAllowed(node: SampleNode, values: readonly string[]): boolean {
  return values.length === 0 || typeof node.value !== 'string' || values.includes(node.value);
}
