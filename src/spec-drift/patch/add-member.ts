import type { NewMember } from '../difference.js';
import type { SampleNode } from '../page/sample-node.js';
import { shownType } from '../page-values.js';
import type { Documents } from './documents.js';
import { addInline, newSchemaName, plainAt, record, setListed } from './nodes.js';
import { provenanceOf, schemaOf } from './write-type.js';

/** Adds a member to a schema, and to what provenance.yaml says of it. */
export function addMember(documents: Documents, schema: string, member: NewMember): void {
  const { capture, provenance } = documents;
  const { name, required, values, place, sample } = member;
  const of = sample === undefined ? undefined : schemaOfSample(documents, schema, member, sample);
  const type = { type: member.type, values, of };
  const at = ['components', 'schemas', schema];
  capture.setIn([...at, 'properties', name], capture.createNode(schemaOf(type)));
  if (required) setListed(capture, [...at, 'required'], name, true);
  addInline(provenance, ['schemas', schema, name], { ...provenanceOf(type), required, place });
}

/** The component for an object that a sample shows: one that has the same members, or a new one. */
function schemaOfSample(
  documents: Documents,
  owner: string,
  { name, place }: NewMember,
  sample: SampleNode,
): string | undefined {
  const object = innermost(sample);
  const names = [...(object.members?.keys() ?? [])];
  if (names.length === 0) return undefined;
  const { capture, provenance } = documents;
  const same = Object.entries(plainAt(capture, ['components', 'schemas'])).find(([, schema]) => {
    const properties = Object.keys(record(record(schema)['properties']));
    return properties.length === names.length && names.every((member) => properties.includes(member));
  });
  if (same !== undefined) return same[0];

  const created = newSchemaName(capture, owner, name);
  capture.setIn(
    ['components', 'schemas', created],
    capture.createNode({ description: `What \`${name}\` is made of.`, type: 'object', properties: {} }),
  );
  provenance.setIn(['schemas', created], provenance.createNode({}));
  for (const [member, node] of object.members ?? []) {
    const type = shownType(node) ?? { base: 'string', isEnum: false, depth: 0 };
    addMember(documents, created, { name: member, type, required: false, values: [], place, sample: node });
  }
  return created;
}

function innermost(node: SampleNode): SampleNode {
  return node.items === undefined ? node : innermost(node.items);
}
