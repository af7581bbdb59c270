import type { CapturedMember } from './capture.js';
import { entriesBelow, listHas, listPlace, ownerOf, samplePlace, type Shown, type Side } from './side.js';
import { compareType } from './compare-type.js';
import { contradicts, sampleLacks } from './contradiction.js';
import type { Difference } from './difference.js';
import type { Entry } from './page/facts.js';
import { written } from './notation.js';

/** What became of one member. */
export interface ComparedMember {
  readonly differences: Difference[];
  readonly silent: string[];
  readonly gone: boolean;
  readonly typeDiffers: boolean;
}

/** Compares one member with its entry in the list and its values in the samples. */
export function compareMember(side: Side, member: CapturedMember, here: Shown, around: Shown): ComparedMember {
  const start = around.prefix === '' ? 0 : around.prefix.length + 1;
  const entry = entriesBelow(side, around.prefix).find(({ name }) => name.slice(start) === member.name);
  const lacking = around.samples.find(({ node, whole }) => whole && node.members?.has(member.name) !== true);
  const listed = listHas(side, member, around);

  if (entry === undefined && here.samples.length === 0) {
    if (lacking === undefined && !listed)
      return { differences: [], silent: [here.path], gone: true, typeDiffers: false };
    return { differences: [removed(side, member, here, around)], silent: [], gone: true, typeDiffers: false };
  }

  const differences: Difference[] = [];
  if (entry === undefined && listed && !member.isMap) {
    const line = side.list?.line ?? 1;
    differences.push(...contradicts(side, member, here, 'The list has no entry for it, the sample has it.', line));
  } else if (lacking !== undefined) {
    const line = lacking.node.line;
    const page = entry === undefined ? 'One sample lacks it, another has it.' : sampleLacks;
    differences.push(...contradicts(side, member, here, page, line));
  }
  if (entry !== undefined) differences.push(...compareMark(side, member, entry, here, around));
  const types = compareType(side, member, entry, here, around);
  return {
    differences: [...differences, ...types.differences],
    silent: types.silent,
    gone: false,
    typeDiffers: types.other,
  };
}

function removed(side: Side, member: CapturedMember, here: Shown, around: Shown): Difference {
  const holder = around.samples.find(({ whole }) => whole);
  const required = member.required ? 'required' : 'optional';
  return side.differ({
    ruleId: 'member-removed',
    direction: side.direction,
    pointer: `${side.pointer} ${here.path}`,
    message: `${here.path}: member removed (${written(member.type)}, ${required})`,
    old: written(member.type),
    page:
      holder === undefined
        ? { line: side.list?.line ?? 1, part: listPlace(side) }
        : { line: holder.node.line, part: samplePlace(side) },
    spec: { line: member.line },
    schema: member.schema,
    edits: [{ kind: 'member-removed', schema: member.schema, owner: ownerOf(side, around), name: member.name }],
  });
}

function compareMark(side: Side, member: CapturedMember, entry: Entry, here: Shown, around: Shown): Difference[] {
  const { required } = entry;
  if (!side.marked || required === 'unknown' || required === member.required) return [];
  return [
    side.differ({
      ruleId: required ? 'member-became-required' : 'member-became-optional',
      direction: side.direction,
      pointer: `${side.pointer} ${here.path}`,
      message: `${here.path}: ${required ? 'now' : 'no longer'} marked as required`,
      old: member.required ? 'required' : 'optional',
      new: required ? 'required' : 'optional',
      page: { line: entry.line, part: listPlace(side) },
      spec: { line: member.requiredLine },
      schema: member.schema,
      edits: [
        {
          kind: 'required',
          schema: member.schema,
          owner: ownerOf(side, around),
          name: member.name,
          to: required,
        },
      ],
    }),
  ];
}
