import type { CapturedObject } from './capture.js';
import { compareMember } from './compare-member.js';
import { contradictionEdit, sampleLacks } from './contradiction.js';
import type { Difference, NewMember } from './difference.js';
import { type Notation, written } from './notation.js';
import type { Entry } from './page/facts.js';
import type { SampleNode } from './page/sample-node.js';
import { shownType, valuesOf } from './page-values.js';
import { entriesBelow, listPlace, ownerOf, samplePlace, type Shown, type Side } from './side.js';

/** Differences between members, and the members of which the page says nothing that can be read. */
export interface Compared {
  readonly differences: Difference[];
  readonly silent: string[];
}

const unknownType: Notation = { base: 'string', isEnum: false, depth: 0 };

/** Compares the members of a body with what list and samples say of them. */
export function compareBody(side: Side, object: CapturedObject): Compared {
  const samples = side.samples.map(({ root, whole }) => ({ node: root, whole }));
  return compareObject(side, object, { samples, prefix: '', path: '' });
}

function compareObject(side: Side, object: CapturedObject, shown: Shown): Compared {
  const known = [...object.members.values()].map((member) => {
    const here = shownMember(shown, member.name);
    const compared = compareMember(side, member, here, shown);
    const inner = member.object;
    if (inner === undefined || compared.gone) return compared;
    const deeper = compareInner(side, inner, here, { ...compared, isArray: member.type.depth > 0 });
    return {
      differences: [...compared.differences, ...deeper.differences],
      silent: [...compared.silent, ...deeper.silent],
    };
  });
  const added = newMembers(side, object, shown);
  return {
    differences: [...known.flatMap(({ differences }) => differences), ...added],
    silent: known.flatMap(({ silent }) => silent),
  };
}

interface Nesting {
  readonly typeDiffers: boolean;
  readonly isArray: boolean;
}

/** Below a member that is an object, or an array of them. */
function compareInner(side: Side, object: CapturedObject, here: Shown, { typeDiffers, isArray }: Nesting): Compared {
  if (typeDiffers) return { differences: [], silent: [] };
  const samples = here.samples.flatMap(({ node, whole }) => {
    const inner = node.kind === 'array' ? node.items : node;
    return inner?.kind === 'object' ? [{ node: inner, whole }] : [];
  });
  const path = isArray ? `${here.path}[]` : here.path;
  if (samples.length === 0 && entriesBelow(side, here.prefix).length === 0) {
    return { differences: [], silent: [...object.members.keys()].map((name) => `${path}.${name}`) };
  }
  return compareObject(side, object, { samples, prefix: here.prefix, path });
}

function shownMember(shown: Shown, name: string): Shown {
  return {
    samples: shown.samples.flatMap(({ node, whole }) => {
      const member = node.members?.get(name);
      return member === undefined ? [] : [{ node: member, whole }];
    }),
    prefix: memberPath(shown.prefix, name),
    path: memberPath(shown.path, name),
  };
}

/** Members that only the page has. */
function newMembers(side: Side, object: CapturedObject, shown: Shown): Difference[] {
  const entries = entriesBelow(side, shown.prefix);
  const start = shown.prefix === '' ? 0 : shown.prefix.length + 1;
  const listed = entries.map((entry) => entry.name.slice(start));
  const sampled = shown.samples.flatMap(({ node }) => [...(node.members?.keys() ?? [])]);
  return [...new Set([...listed, ...sampled])]
    .filter((name) => !object.members.has(name))
    .map((name) => {
      const entry = entries[listed.indexOf(name)];
      const node = shownMember(shown, name).samples[0]?.node;
      return newMember(side, object, { name, entry, node, shown });
    });
}

interface Found {
  readonly name: string;
  readonly entry: Entry | undefined;
  readonly node: SampleNode | undefined;
  readonly shown: Shown;
}

function newMember(side: Side, object: CapturedObject, { name, entry, node, shown }: Found): Difference {
  const type: Notation = entry?.type ?? (node === undefined ? undefined : shownType(node)) ?? unknownType;
  const stated = entry !== undefined && entry.required !== 'unknown' && side.marked ? entry.required : undefined;
  const unmarked = stated === undefined && side.direction === 'request';
  const ruleId = stated === true ? 'required-member-added' : unmarked ? 'member-added-unmarked' : 'member-added';
  const part = entry === undefined ? samplePlace(side) : listPlace(side);
  const path = memberPath(shown.path, name);
  const member: NewMember = {
    name,
    type,
    required: stated ?? false,
    values: entry === undefined ? [] : valuesOf(entry),
    place: part,
    ...(node === undefined ? {} : { sample: node }),
    ...(side.list?.described === undefined ? {} : { members: membersBelow(side, memberPath(shown.prefix, name)) }),
  };
  const mark = stated === undefined ? 'not marked' : stated ? 'required' : 'optional';
  return side.differ({
    ruleId,
    direction: side.direction,
    pointer: `${side.pointer} ${path}`,
    message: `${path}: ${stated === true ? 'required ' : ''}member added (${written(type)}, ${mark})`,
    new: written(type),
    page: { line: entry?.line ?? node?.line ?? 1, part },
    spec: { line: object.line },
    schema: object.schema,
    edits: [
      { kind: 'member-added', schema: object.schema, owner: ownerOf(side, shown), member },
      ...(node === undefined && shown.samples.some(({ whole }) => whole)
        ? [contradictionEdit(object.schema, name, sampleLacks)]
        : []),
    ],
  });
}

/** What the list says that an object is made of. */
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
