import { objectOf } from '../../openapi/index.js';
import type { SchemaEdit } from '../compare/difference.js';
import type { Documents } from './documents.js';
import { addInline, mapAt, plainAt } from './nodes.js';
import { provenanceOf, schemaOf } from './write-type.js';

/** Changes the type of a member, but keeps its description and the component of an object. */
export function retypeMember(
  { capture, provenance }: Documents,
  schema: string,
  { name, to, values }: Extract<SchemaEdit, { kind: 'type' }>,
): void {
  const at = ['components', 'schemas', schema, 'properties', name];
  const { description, ...old } = plainAt(capture, at);
  const inner = objectOf(old['items'] ?? old);
  const reference = inner['$ref'];
  const isObject = to.base === 'object';
  const of = isObject && typeof reference === 'string' ? reference.split('/').at(-1) : undefined;
  const type = { type: to, values, of, map: isObject ? inner['additionalProperties'] : undefined };

  const described = description === undefined || (of !== undefined && to.depth === 0) ? {} : { description };
  capture.setIn(at, capture.createNode({ ...described, ...schemaOf(type) }));
  const enumAt = [...at, ...Array.from({ length: to.depth }, () => 'items'), 'enum'];
  if (capture.hasIn(enumAt)) addInline(capture, enumAt, values);

  const about = mapAt(provenance, ['schemas', schema, name]);
  const stated = provenanceOf(type);
  for (const key of ['of', 'enum']) if (!(key in stated)) about?.delete(key);
  if (type.map === undefined) about?.delete('values');
  for (const [key, value] of Object.entries(stated)) {
    about?.set(key, provenance.createNode(value, { flow: true }));
  }
}
