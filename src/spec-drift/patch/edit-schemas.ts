import type { Capture, CapturedMember, CapturedObject } from '../compare/capture.js';
import type { SchemaEdit } from '../compare/difference.js';
import { addMember } from './add-member.js';
import type { Documents } from './documents.js';
import { editExamples, type ExampleEdit, findExamples } from './edit-examples.js';
import { setInList } from './nodes.js';
import { retypeMember } from './retype-member.js';
import { usesOf } from './schema-uses.js';
import { SchemaSplitter } from './split-schema.js';
import { removeAction, removeUnusedSchemas, referencedSchemas } from './unused-schemas.js';
import { exampleOf } from './write-type.js';

/** Edits schemas, and their members in provenance.yaml, the examples and the overlay. */
export function editSchemas(documents: Documents, spec: Capture, edits: readonly SchemaEdit[], place?: string): void {
  const referenced = referencedSchemas(documents.capture);
  const examples = findExamples(documents, spec);
  const splitter = new SchemaSplitter(documents, usesOf(spec), edits);
  for (const edit of edits) {
    const schema = splitter.schemaFor(edit);
    editSchema(documents, schema, edit);
    if (place !== undefined && (edit.kind === 'required' || edit.kind === 'type')) {
      documents.provenance.setIn(['schemas', schema, edit.name, 'place'], place);
      documents.provenance.deleteIn(['schemas', schema, edit.name, 'source']);
    }
    const inExample = exampleEdit(documents, spec, edit);
    if (inExample !== undefined) editExamples(examples, edit.owner, inExample);
  }
  removeUnusedSchemas(documents, referenced);
}

function editSchema(documents: Documents, schema: string, edit: SchemaEdit): void {
  const { capture, provenance } = documents;
  const at = ['components', 'schemas', schema];
  switch (edit.kind) {
    case 'member-added':
      addMember(documents, schema, edit.member);
      return;
    case 'member-removed':
      capture.deleteIn([...at, 'properties', edit.name]);
      setInList(capture, [...at, 'required'], edit.name, false);
      provenance.deleteIn(['schemas', schema, edit.name]);
      removeAction(documents, `$.${at.join('.')}.properties.${edit.name}`);
      removeAction(documents, `$.${at.join('.')}.required[?(@ == '${edit.name}')]`);
      return;
    case 'required':
      setInList(capture, [...at, 'required'], edit.name, edit.to);
      provenance.setIn(['schemas', schema, edit.name, 'required'], edit.to);
      if (!edit.to) removeAction(documents, `$.${at.join('.')}.required[?(@ == '${edit.name}')]`);
      return;
    case 'type':
      retypeMember(documents, schema, edit);
  }
}

/** The edit of the examples that makes them conform to the edited schema. */
function exampleEdit({ capture }: Documents, spec: Capture, edit: SchemaEdit): ExampleEdit | undefined {
  const setMember = (name: string, value: unknown): ExampleEdit => {
    return (object) => {
      object.set(name, capture.createNode(value, { flow: true }));
    };
  };
  switch (edit.kind) {
    case 'member-added':
      return edit.member.required ? setMember(edit.member.name, exampleOf(edit.member)) : undefined;
    case 'member-removed':
      return (object) => {
        object.delete(edit.name);
      };
    case 'required': {
      const member = memberOf(spec.body, edit) ?? memberOf(spec.reply, edit);
      if (!edit.to || member === undefined) return undefined;
      return (object) => {
        if (!object.has(edit.name)) setMember(edit.name, exampleOf(member))(object);
      };
    }
    case 'type':
      return (object) => {
        const isValue = edit.to.isEnum && edit.values.includes(String(object.get(edit.name)));
        if (object.has(edit.name) && !isValue)
          setMember(edit.name, exampleOf({ type: edit.to, values: edit.values }))(object);
      };
  }
}

function memberOf(object: CapturedObject, edit: { schema: string; name: string }): CapturedMember | undefined {
  if (object.schema === edit.schema) return object.members.get(edit.name);
  for (const { object: inner } of object.members.values()) {
    const found = inner === undefined ? undefined : memberOf(inner, edit);
    if (found !== undefined) return found;
  }
  return undefined;
}
