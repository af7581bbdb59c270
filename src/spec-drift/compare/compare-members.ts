import type { CapturedObject } from './capture.js';
import { compareMember } from './compare-member.js';
import { contradictionEdit, sampleLacks } from './contradiction.js';
import type { Difference, NewMember } from './difference.js';
import { type Notation, formatType } from '../page/notation.js';
import type { Entry } from '../page/facts.js';
import type { SampleNode } from '../page/sample-node.js';
import { apparentType, valuesOf } from './page-values.js';
import { entriesBelow, listPlace, ownerOf, samplePlace, type Excerpt, type Side } from './side.js';

/** Differences between members, and the facts that the page does not state. */
export interface Compared {
  readonly differences: Difference[];
  readonly unstated: string[];
}

const unknownType: Notation = { base: 'string', isEnum: false, depth: 0 };

/** Compares the members of a body with the list and the samples. */
export function compareBody(side: Side, object: CapturedObject): Compared {
  const samples = side.samples.map(({ root, isComplete }) => ({ node: root, isComplete }));
  return compareObject(side, object, { samples, prefix: '', path: '' });
}

function compareObject(side: Side, object: CapturedObject, parent: Excerpt): Compared {
  const known = [...object.members.values()].map((member) => {
    const excerpt = memberExcerpt(parent, member.name);
    const compared = compareMember(side, member, excerpt, parent);
    const inner = member.object;
    if (inner === undefined || compared.isMissing) return compared;
    const deeper = compareInner(side, inner, excerpt, { ...compared, isArray: member.type.depth > 0 });
    return {
      differences: [...compared.differences, ...deeper.differences],
      unstated: [...compared.unstated, ...deeper.unstated],
    };
  });
  const added = newMembers(side, object, parent);
  return {
    differences: [...known.flatMap(({ differences }) => differences), ...added],
    unstated: known.flatMap(({ unstated }) => unstated),
  };
}

interface Nesting {
  readonly typeDiffers: boolean;
  readonly isArray: boolean;
}

/** Compares the members of a nested object, or of the objects in an array. */
function compareInner(
  side: Side,
  object: CapturedObject,
  excerpt: Excerpt,
  { typeDiffers, isArray }: Nesting,
): Compared {
  if (typeDiffers) return { differences: [], unstated: [] };
  const samples = excerpt.samples.flatMap(({ node, isComplete }) => {
    const inner = node.kind === 'array' ? node.items : node;
    return inner?.kind === 'object' ? [{ node: inner, isComplete }] : [];
  });
  const path = isArray ? `${excerpt.path}[]` : excerpt.path;
  if (samples.length === 0 && entriesBelow(side, excerpt.prefix).length === 0) {
    return { differences: [], unstated: [...object.members.keys()].map((name) => `${path}.${name}`) };
  }
  return compareObject(side, object, { samples, prefix: excerpt.prefix, path });
}

function memberExcerpt(excerpt: Excerpt, name: string): Excerpt {
  return {
    samples: excerpt.samples.flatMap(({ node, isComplete }) => {
      const member = node.members?.get(name);
      return member === undefined ? [] : [{ node: member, isComplete }];
    }),
    prefix: memberPath(excerpt.prefix, name),
    path: memberPath(excerpt.path, name),
  };
}

/** Members that only the page documents. */
function newMembers(side: Side, object: CapturedObject, excerpt: Excerpt): Difference[] {
  const entries = entriesBelow(side, excerpt.prefix);
  const start = excerpt.prefix === '' ? 0 : excerpt.prefix.length + 1;
  const listed = entries.map((entry) => entry.name.slice(start));
  const sampled = excerpt.samples.flatMap(({ node }) => [...(node.members?.keys() ?? [])]);
  return [...new Set([...listed, ...sampled])]
    .filter((name) => !object.members.has(name))
    .map((name) => {
      const entry = entries[listed.indexOf(name)];
      const node = memberExcerpt(excerpt, name).samples[0]?.node;
      return newMember(side, object, { name, entry, node, excerpt });
    });
}

interface FoundMember {
  readonly name: string;
  readonly entry: Entry | undefined;
  readonly node: SampleNode | undefined;
  readonly excerpt: Excerpt;
}

function newMember(side: Side, object: CapturedObject, { name, entry, node, excerpt }: FoundMember): Difference {
  const type: Notation = entry?.type ?? (node === undefined ? undefined : apparentType(node)) ?? unknownType;
  const stated = entry !== undefined && entry.required !== 'unknown' && side.marked ? entry.required : undefined;
  const unmarked = stated === undefined && side.direction === 'request';
  const ruleId = stated === true ? 'required-member-added' : unmarked ? 'member-added-unmarked' : 'member-added';
  const part = entry === undefined ? samplePlace(side) : listPlace(side);
  const path = memberPath(excerpt.path, name);
  const member: NewMember = {
    name,
    type,
    required: stated ?? false,
    values: entry === undefined ? [] : valuesOf(entry),
    place: part,
    ...(node === undefined ? {} : { sample: node }),
    ...(side.list?.sourceName === undefined ? {} : { members: membersBelow(side, memberPath(excerpt.prefix, name)) }),
  };
  const mark = stated === undefined ? 'not marked' : stated ? 'required' : 'optional';
  return side.createDifference({
    ruleId,
    direction: side.direction,
    pointer: `${side.pointer} ${path}`,
    message: `${path}: ${stated === true ? 'required ' : ''}member added (${formatType(type)}, ${mark})`,
    new: formatType(type),
    page: { line: entry?.line ?? node?.line ?? 1, part },
    spec: { line: object.line },
    schema: object.schema,
    edits: [
      { kind: 'member-added', schema: object.schema, owner: ownerOf(side, excerpt), member },
      ...(node === undefined && excerpt.samples.some(({ isComplete }) => isComplete)
        ? [contradictionEdit(object.schema, name, sampleLacks)]
        : []),
    ],
  });
}

/** The members of an object, according to the list. */
function membersBelow(side: Side, prefix: string): NewMember[] {
  return entriesBelow(side, prefix).map((entry) => ({
    name: entry.name.slice(prefix.length + 1),
    type: entry.type ?? unknownType,
    required: entry.required === true,
    values: valuesOf(entry),
    place: listPlace(side),
    members: membersBelow(side, entry.name),
  }));
}

function memberPath(owner: string, name: string): string {
  return owner === '' ? name : `${owner}.${name}`;
}
