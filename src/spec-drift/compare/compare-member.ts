import type { CapturedMember } from './capture.js';
import { entriesBelow, listHas, listPlace, ownerOf, samplePlace, type Excerpt, type Side } from './side.js';
import { compareType } from './compare-type.js';
import { contradicts, sampleLacks } from './contradiction.js';
import type { Difference } from './difference.js';
import type { Entry } from '../page/facts.js';
import { formatType } from '../page/notation.js';

/** The comparison of one member. */
export interface ComparedMember {
  readonly differences: Difference[];
  readonly unstated: string[];
  readonly isMissing: boolean;
  readonly typeDiffers: boolean;
}

/** Compares a member with its list entry and its values in samples. */
export function compareMember(side: Side, member: CapturedMember, excerpt: Excerpt, parent: Excerpt): ComparedMember {
  const start = parent.prefix === '' ? 0 : parent.prefix.length + 1;
  const entry = entriesBelow(side, parent.prefix).find(({ name }) => name.slice(start) === member.name);
  const lacking = parent.samples.find(({ node, isComplete }) => isComplete && node.members?.has(member.name) !== true);
  const listed = listHas(side, member, parent);

  if (entry === undefined && excerpt.samples.length === 0) {
    if (lacking === undefined && !listed)
      return { differences: [], unstated: [excerpt.path], isMissing: true, typeDiffers: false };
    return { differences: [removed(side, member, excerpt, parent)], unstated: [], isMissing: true, typeDiffers: false };
  }

  const differences: Difference[] = [];
  if (entry === undefined && listed && !member.isMap) {
    const line = side.list?.line ?? 1;
    differences.push(...contradicts(side, member, excerpt, 'The list has no entry for it, the sample has it.', line));
  } else if (lacking !== undefined) {
    const line = lacking.node.line;
    const page = entry === undefined ? 'One sample lacks it, another has it.' : sampleLacks;
    differences.push(...contradicts(side, member, excerpt, page, line));
  }
  if (entry !== undefined) differences.push(...compareMark(side, member, entry, excerpt, parent));
  const types = compareType(side, member, entry, excerpt, parent);
  return {
    differences: [...differences, ...types.differences],
    unstated: types.unstated,
    isMissing: false,
    typeDiffers: types.typeDiffers,
  };
}

function removed(side: Side, member: CapturedMember, excerpt: Excerpt, parent: Excerpt): Difference {
  const holder = parent.samples.find(({ isComplete }) => isComplete);
  const required = member.required ? 'required' : 'optional';
  return side.createDifference({
    ruleId: 'member-removed',
    direction: side.direction,
    pointer: `${side.pointer} ${excerpt.path}`,
    message: `${excerpt.path}: member removed (${formatType(member.type)}, ${required})`,
    old: formatType(member.type),
    page:
      holder === undefined
        ? { line: side.list?.line ?? 1, part: listPlace(side) }
        : { line: holder.node.line, part: samplePlace(side) },
    spec: { line: member.line },
    schema: member.schema,
    edits: [{ kind: 'member-removed', schema: member.schema, owner: ownerOf(side, parent), name: member.name }],
  });
}

function compareMark(
  side: Side,
  member: CapturedMember,
  entry: Entry,
  excerpt: Excerpt,
  parent: Excerpt,
): Difference[] {
  const { required } = entry;
  if (!side.marked || required === 'unknown' || required === member.required) return [];
  return [
    side.createDifference({
      ruleId: required ? 'member-became-required' : 'member-became-optional',
      direction: side.direction,
      pointer: `${side.pointer} ${excerpt.path}`,
      message: `${excerpt.path}: ${required ? 'now' : 'no longer'} marked as required`,
      old: member.required ? 'required' : 'optional',
      new: required ? 'required' : 'optional',
      page: { line: entry.line, part: listPlace(side) },
      spec: { line: member.requiredLine },
      schema: member.schema,
      edits: [
        {
          kind: 'required',
          schema: member.schema,
          owner: ownerOf(side, parent),
          name: member.name,
          to: required,
        },
      ],
    }),
  ];
}
