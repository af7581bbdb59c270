import type { SchemaEdit } from '../compare/difference.js';
import type { Documents } from './documents.js';
import { addInline, newSchemaName, plainAt } from './nodes.js';
import type { Use } from './schema-uses.js';

/** Finds the schema to edit. If only some uses of a schema change, that is a copy. */
export class SchemaSplitter {
  readonly #documents: Documents;
  readonly #uses: ReadonlyMap<string, readonly Use[]>;
  readonly #edits: readonly SchemaEdit[];
  readonly #copies = new Map<string, string>();

  constructor(documents: Documents, uses: ReadonlyMap<string, readonly Use[]>, edits: readonly SchemaEdit[]) {
    this.#documents = documents;
    this.#uses = uses;
    this.#edits = edits;
  }

  schemaFor(edit: SchemaEdit): string {
    const uses = this.#uses.get(edit.schema) ?? [];
    const use = uses.find(({ owner }) => owner === edit.owner);
    if (use?.by === undefined || uses.every(({ owner }) => this.#isEdited(edit, owner))) return edit.schema;
    const known = this.#copies.get(edit.owner);
    if (known !== undefined) return known;
    const copy = this.#copy(edit.schema, use.by);
    this.#copies.set(edit.owner, copy);
    return copy;
  }

  /** Whether another use has the same edit. */
  #isEdited(edit: SchemaEdit, owner: string): boolean {
    return this.#edits.some(
      (other) => other.owner === owner && other.kind === edit.kind && memberOf(other) === memberOf(edit),
    );
  }

  #copy(schema: string, by: { readonly schema: string; readonly member: string }): string {
    const { capture, provenance } = this.#documents;
    const copy = newSchemaName(capture, schema, by.member);
    capture.setIn(
      ['components', 'schemas', copy],
      capture.createNode(plainAt(capture, ['components', 'schemas', schema])),
    );
    provenance.setIn(['schemas', copy], provenance.createNode({}));
    for (const [name, about] of Object.entries(plainAt(provenance, ['schemas', schema]))) {
      addInline(provenance, ['schemas', copy, name], about);
    }
    const member = ['components', 'schemas', by.schema, 'properties', by.member];
    const items = capture.hasIn([...member, 'items']) ? ['items'] : [];
    capture.setIn([...member, ...items, '$ref'], `#/components/schemas/${copy}`);
    provenance.setIn(['schemas', by.schema, by.member, 'of'], copy);
    return copy;
  }
}

function memberOf(edit: SchemaEdit): string {
  return edit.kind === 'member-added' ? edit.member.name : edit.name;
}
