import { objectOf } from '../../openapi/index.js';
import type { NewMember } from '../compare/difference.js';
import type { SampleNode } from '../page/sample-node.js';
import { apparentType } from '../compare/page-values.js';
import type { Documents } from './documents.js';
import { addInline, newSchemaName, plainAt, setInList } from './nodes.js';
import { provenanceOf, schemaOf } from './write-type.js';

/** Adds a member to a schema and to provenance.yaml. */
export function addMember(documents: Documents, schema: string, member: NewMember): void {
  const { capture, provenance } = documents;
  const { name, required, values, place } = member;
  const of = schemaOfMembers(documents, schema, member);
  const type = { type: member.type, values, of };
  const at = ['components', 'schemas', schema];
  capture.setIn([...at, 'properties', name], capture.createNode(schemaOf(type)));
  if (required) setInList(capture, [...at, 'required'], name, true);
  addInline(provenance, ['schemas', schema, name], { ...provenanceOf(type), required, place });
}

/** The component for an object: an existing one with the same members, or a new one. */
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
    capture.createNode({ description: `The object \`${member.name}\`.`, type: 'object', properties: {} }),
  );
  provenance.setIn(['schemas', created], provenance.createNode({}));
  for (const inner of members) addMember(documents, created, inner);
  return created;
}

/** The members of an object, according to the list or else the sample. */
function membersOf({ members = [], sample, place }: NewMember): readonly NewMember[] {
  if (members.length > 0 || sample === undefined) return members;
  return [...(innermost(sample).members ?? [])].map(([name, node]) => {
    const type = apparentType(node) ?? { base: 'string', isEnum: false, depth: 0 };
    return { name, type, required: false, values: [], place, sample: node };
  });
}

function innermost(node: SampleNode): SampleNode {
  return node.items === undefined ? node : innermost(node.items);
}
