import type { CapturedMember } from './capture.js';
import { contradictionEdit, contradicts } from './contradiction.js';
import type { Difference, Edit } from './difference.js';
import { type Notation, written } from './notation.js';
import type { Entry } from './page/facts.js';
import type { SampleNode } from './page/sample-node.js';
import { canBe, shownType, valuesOf } from './page-values.js';
import type { RuleId } from './rules.js';
import { listPlace, ownerOf, samplePlace, type Shown, type Side } from './side.js';

/** Differences of a member's type, format and values. */
export interface ComparedType {
  readonly differences: Difference[];
  /** What the page leaves open. */
  readonly silent: string[];
  /** Whether the type is another one, so that nothing below it can be compared. */
  readonly other: boolean;
}

/** The list has the last word on a type; a sample shows only what a value can show. */
export function compareType(
  side: Side,
  member: CapturedMember,
  entry: Entry | undefined,
  here: Shown,
  around: Shown,
): ComparedType {
  const made = { side, member, here, around };
  const listed = entry?.type;
  if (entry !== undefined && listed !== undefined) {
    const place = { line: entry.line, part: listPlace(side) };
    if (written(listed) !== written(member.type)) {
      const differences = [
        typeDifference(made, listed, valuesOf(entry), place, oddAgainst(here, listed, valuesOf(entry))),
      ];
      return { differences, silent: [], other: listed.base !== member.type.base || listed.depth !== member.type.depth };
    }
    const values = compareValues(made, entry);
    const odd = oddAgainst(here, listed, [...valuesOf(entry), ...member.values]);
    const against = odd === undefined ? [] : contradicts(side, member, here, againstList(odd, listed), odd.line);
    return { differences: [...values.differences, ...against], silent: values.silent, other: false };
  }

  const silent = entry === undefined ? [] : [`type and required mark of ${here.path}`];
  const odd = here.samples.find(({ node }) => !canBe(node, member.type));
  const place = (node: SampleNode): Place => ({ line: node.line, part: samplePlace(side) });
  if (odd !== undefined) {
    const shown = shownType(odd.node) ?? { base: 'any', isEnum: false, depth: 1 };
    const other = shown.base !== member.type.base || shown.depth !== member.type.depth;
    return { differences: [typeDifference(made, shown, [], place(odd.node))], silent, other };
  }
  const unseen = here.samples.map(({ node }) => leaf(node)).find((node) => !isValue(node, member.values));
  if (unseen === undefined) return { differences: [], silent, other: false };
  const values = [...member.values, String(unseen.value)];
  return {
    differences: [valueDifference(made, 'enum-value-added', String(unseen.value), values, place(unseen))],
    silent,
    other: false,
  };
}

interface Made {
  readonly side: Side;
  readonly member: CapturedMember;
  readonly here: Shown;
  readonly around: Shown;
}

interface Place {
  readonly line: number;
  readonly part: string;
}

function typeDifference(
  { side, member, here, around }: Made,
  type: Notation,
  values: readonly string[],
  page: Place,
  odd?: SampleNode,
): Difference {
  const same = type.base === member.type.base && type.depth === member.type.depth;
  const ruleId: RuleId = !same
    ? 'type-changed'
    : type.isEnum === member.type.isEnum
      ? 'format-changed'
      : type.isEnum
        ? 'enum-added'
        : 'enum-removed';
  const what = ruleId === 'format-changed' ? 'format' : 'type';
  return side.differ({
    ruleId,
    direction: side.direction,
    pointer: `${side.pointer} ${here.path}`,
    message: `${here.path}: ${what} ${written(member.type)} becomes ${written(type)}`,
    old: written(member.type),
    new: written(type),
    page,
    spec: { line: member.line },
    schema: member.schema,
    edits: [
      typeEdit(side, member, around, type, values),
      ...(odd === undefined ? [] : [contradictionEdit(member.schema, member.name, againstList(odd, type))]),
    ],
  });
}

function typeEdit(
  side: Side,
  { schema, name }: CapturedMember,
  around: Shown,
  to: Notation,
  values: readonly string[],
): Edit {
  return { kind: 'type', schema, owner: ownerOf(side, around), name, to, values };
}

/** The values of an enum, each by itself. */
function compareValues(made: Made, entry: Entry): { differences: Difference[]; silent: string[] } {
  const { member, here, side } = made;
  if (!member.type.isEnum) return { differences: [], silent: [] };
  if (entry.values === undefined) return { differences: [], silent: [`values of ${here.path}`] };
  const { names, line, end } = entry.values;
  const place = { line, part: listPlace(side) };
  const added = names.filter((value) => !member.values.includes(value));
  const absent = member.values.filter((value) => !names.includes(value));
  // The text may stop in the middle of the values.
  const gone = end ? absent : [];
  const kept = end ? names : [...names, ...absent];
  const odd = oddAgainst(here, member.type, kept);
  return {
    differences: [
      ...added.map((value) => valueDifference(made, 'enum-value-added', value, kept, place)),
      ...gone.map((value) => valueDifference(made, 'enum-value-removed', value, kept, place, odd)),
    ],
    silent: end || absent.length === 0 ? [] : [`values of ${here.path}`],
  };
}

function valueDifference(
  { side, member, here, around }: Made,
  ruleId: 'enum-value-added' | 'enum-value-removed',
  value: string,
  values: readonly string[],
  page: Place,
  odd?: SampleNode,
): Difference {
  const added = ruleId === 'enum-value-added';
  return side.differ({
    ruleId,
    direction: side.direction,
    pointer: `${side.pointer} ${here.path}`,
    message: `${here.path}: value ${value} ${added ? 'added' : 'removed'}`,
    ...(added ? { new: value } : { old: value }),
    page,
    spec: { line: member.line },
    schema: member.schema,
    edits: [
      typeEdit(side, member, around, member.type, values),
      ...(odd?.value === value ? [contradictionEdit(member.schema, member.name, againstList(odd, member.type))] : []),
    ],
  });
}

/** A sample's value that cannot be one of the listed type. */
function oddAgainst(here: Shown, listed: Notation, values: readonly string[]): SampleNode | undefined {
  const allowed = listed.isEnum ? values : [];
  return here.samples.map(({ node }) => node).find((node) => !canBe(node, listed) || !isValue(leaf(node), allowed));
}

function againstList(node: SampleNode, listed: Notation): string {
  const shown = shownType(node);
  const type = `a value of type ${shown === undefined ? node.kind : written(shown)}`;
  const value = listed.isEnum && typeof node.value === 'string' ? `the value ${node.value}` : type;
  return `The sample gives ${value}, the list says ${written(listed)}.`;
}

/** The innermost element. */
function leaf(node: SampleNode): SampleNode {
  return node.items === undefined ? node : leaf(node.items);
}

/** Whether a value is one of an enum's, where there is one. */
function isValue(node: SampleNode, values: readonly string[]): boolean {
  return values.length === 0 || typeof node.value !== 'string' || values.includes(node.value);
}
