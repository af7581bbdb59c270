import { objectOf, type JsonObject } from '../../src/openapi/index.js';
import { documentEdits } from './document-edits.js';
import type { Edit } from './edit.js';
import { schemaEdits } from './schema-edits.js';

/** A description with one change. */
export interface SpecMutant {
  /** Stable across runs: `operator pointer`. */
  readonly id: string;
  readonly pointer: string;
  /** The changed description. */
  document(): JsonObject;
}

/** All mutants of a description; each changes one of its statements. */
export function specMutants(document: JsonObject): SpecMutant[] {
  return mutantsOf(document, [...schemaEdits(document), ...documentEdits(document)]);
}

/** One mutant for each edit. */
export function mutantsOf(document: JsonObject, edits: readonly Edit[]): SpecMutant[] {
  const mutants = edits.map((edit) => ({
    id: `${edit.operator} ${edit.pointer}`,
    pointer: edit.pointer,
    document: () => applied(document, edit),
  }));
  const ids = mutants.map(({ id }) => id);
  const duplicate = ids.find((id, index) => ids.indexOf(id) !== index);
  if (duplicate !== undefined) throw new Error(`Two mutants have the id ${duplicate}.`);
  return mutants;
}

function applied(document: JsonObject, { pointer, to, also = [] }: Edit): JsonObject {
  return [{ pointer, to }, ...also].reduce(
    (changed, edit) => objectOf(replaced(changed, edit.pointer, edit.to)),
    document,
  );
}

/** A copy with another value at one place. A changed member keeps its position. Removing an item shortens the list. */
function replaced(node: unknown, pointer: string, to: unknown): unknown {
  if (pointer === '') return to;
  const [, step = '', rest = ''] = /^\/([^/]*)(.*)$/s.exec(pointer) ?? [];
  const name = step.replaceAll('~1', '/').replaceAll('~0', '~');
  if (Array.isArray(node)) {
    const index = name === '-' ? node.length : Number(name);
    const inner = replaced(node[index], rest, to);
    return inner === undefined ? node.toSpliced(index, 1) : node.toSpliced(index, 1, inner);
  }
  const members = objectOf(node);
  const inner = replaced(members[name], rest, to);
  if (!(name in members)) return { ...members, [name]: inner };
  return Object.fromEntries(
    Object.entries(members).flatMap(([key, value]) =>
      key !== name ? [[key, value]] : inner === undefined ? [] : [[key, inner]],
    ),
  );
}
