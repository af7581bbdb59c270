import type { AssociationSpec } from '../../generated/schema.js';
import { InputError, messageOf } from '../client/errors.js';
import { isJsonObject, member } from '../client/json.js';
import { inputError, isAssociationInput, type AssociationInput } from '../client/validate.js';

/** The parts of an input that are sent, copied as soon as it is read: its source may change the object afterwards. */
export interface WrittenInput {
  readonly from: string;
  readonly to: string;
  /** Its `types`, as JSON. */
  readonly types: string;
  /**
   * The whole input as JSON. `undefined` for a plain input, the usual case: it has only the documented
   * members, and ids that need no escapes, so its ids and types are enough.
   */
  readonly text: string | undefined;
}

/** Checks and writes an input. Returns an error if the spec does not allow it or JSON cannot express it. */
export type WriteInput = (input: AssociationInput) => WrittenInput | InputError;

export function createInputWriter(): WriteInput {
  const typesText = createTypesWriter();

  const writePlain = (input: AssociationInput): WrittenInput | undefined => {
    if (!isAssociationInput(input) || !hasMembers(input, 3)) return undefined;
    const from = plainId(input.from);
    const to = plainId(input.to);
    const types = typesText(input.types);
    return from === undefined || to === undefined || types === undefined
      ? undefined
      : { from, to, types, text: undefined };
  };

  return (input) => {
    try {
      return writePlain(input) ?? writeAny(input);
    } catch (error) {
      return new InputError([{ pointer: '', message: `cannot be written as JSON: ${messageOf(error)}` }]);
    }
  };
}

/** Also checks the JSON of an input, since `toJSON` may change its form. */
function writeAny(input: AssociationInput): WrittenInput | InputError {
  const refused = inputError(input);
  if (refused !== undefined) return refused;
  const text = JSON.stringify(input);
  const sent: unknown = JSON.parse(text);
  if (!isAssociationInput(sent))
    return inputError(sent) ?? new InputError([{ pointer: '', message: 'is not an input.' }]);
  return { from: sent.from.id, to: sent.to.id, types: JSON.stringify(sent.types), text };
}

/** Remembers the last list of a single type, since most inputs of a run have the same. */
function createTypesWriter(): (types: readonly AssociationSpec[]) => string | undefined {
  let category = '';
  let typeId = NaN;
  let text = '';
  return (types) => {
    const [type] = types;
    if (type === undefined || types.length > 1 || !hasMembers(type, 2)) return undefined;
    const { associationCategory, associationTypeId } = type;
    if (associationCategory !== category || associationTypeId !== typeId) {
      category = associationCategory;
      typeId = associationTypeId;
      text = JSON.stringify([{ associationCategory, associationTypeId }]);
    }
    return text;
  };
}

/** Spaces and visible ASCII characters except the quote and the backslash: JSON does not escape them. */
const needsNoEscapes = /^[ !#-[\]-~]*$/;

function plainId(object: { readonly id: string }): string | undefined {
  if (!hasMembers(object, 1)) return undefined;
  const { id } = object;
  return typeof id === 'string' && needsNoEscapes.test(id) ? id : undefined;
}

function hasMembers(value: object, count: number): boolean {
  let found = 0;
  // Object.keys would allocate a list for each object of an input.
  for (const name in value) if (name !== '') found += 1;
  return found === count && Object.getPrototypeOf(value) === Object.prototype;
}

/** Replaces the types in the text of an input, if it has one. Both are JSON. */
export function withTypes(text: string | undefined, types: string): string | undefined {
  if (text === undefined) return undefined;
  const input: unknown = JSON.parse(text);
  const list: unknown = JSON.parse(types);
  return JSON.stringify(isJsonObject(input) ? { ...input, types: list } : input);
}

/** All types of two lists, each once, as JSON. The first list is unchanged if the second adds nothing. */
export function unionOfTypes(some: string, more: string): string {
  if (some === more) return some;
  const known = typesOf(some);
  const seen = new Set(known.map(keyOf));
  const added = typesOf(more).filter((type) => {
    const key = keyOf(type);
    return !seen.has(key) && seen.add(key);
  });
  return added.length === 0 ? some : JSON.stringify([...known, ...added]);
}

function typesOf(text: string): unknown[] {
  const value: unknown = JSON.parse(text);
  return Array.isArray(value) ? value : [];
}

function keyOf(type: unknown): string {
  return JSON.stringify([member(type, 'associationCategory'), member(type, 'associationTypeId')]);
}
