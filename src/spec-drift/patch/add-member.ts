import { objectOf } from '../../openapi/index.js';
import type { NewMember } from '../difference.js';
import type { SampleNode } from '../page/sample-node.js';
import { shownType } from '../page-values.js';
import type { Documents } from './documents.js';
import { addInline, newSchemaName, plainAt, setListed } from './nodes.js';
import { provenanceOf, schemaOf } from './write-type.js';

/** Adds a member to a schema, and to what provenance.yaml says of it. */
export function addMember(documents: Documents, schema: string, member: NewMember): void {
  const { capture, provenance } = documents;
  const { name, required, values, place } = member;
  const of = schemaOfMembers(documents, schema, member);
  const type = { type: member.type, values, of };
  const at = ['components', 'schemas', schema];
  capture.setIn([...at, 'properties', name], capture.createNode(schemaOf(type)));
  if (required) setListed(capture, [...at, 'required'], name, true);
  addInline(provenance, ['schemas', schema, name], { ...provenanceOf(type), required, place });
}

/** The component for an object: one that has the same members, or a new one. */
function schemaOfMembers(documents: Documents, owner: string, member: NewMember): string | undefined {
  const members = membersOf(member);
  if (members.length === 0) return undefined;
  const { capture, provenance } = documents;
  const same = Object.entries(plainAt(capture, ['components', 'schemas'])).find(([, schema]) => {
    const properties = Object.keys(objectOf(objectOf(schema)['properties']));
    return properties.length === members.length && members.every(({ name }) => properties.includes(name));
  });
  if (same !== undefined) return same[0];

  const created = newSchemaName(capture, owner, member.name);
  capture.setIn(
    ['components', 'schemas', created],
    capture.createNode({ description: `What \`${member.name}\` is made of.`, type: 'object', properties: {} }),
  );
  provenance.setIn(['schemas', created], provenance.createNode({}));
  for (const inner of members) addMember(documents, created, inner);
  return created;
}

/** What a list or a sample shows that the member is made of. */
function membersOf({ members = [], sample, place }: NewMember): readonly NewMember[] {
  if (members.length > 0 || sample === undefined) return members;
  return [...(innermost(sample).members ?? [])].map(([name, node]) => {
    const type = shownType(node) ?? { base: 'string', isEnum: false, depth: 0 };
    return { name, type, required: false, values: [], place, sample: node };
  });
}

function innermost(node: SampleNode): SampleNode {
  return node.items === undefined ? node : innermost(node.items);
}
