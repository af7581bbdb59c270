import type { AssociationSpec } from '../../generated/schema.js';

/** Gives rows of the same types the same list, frozen: so it takes memory once, and is known by its identity. */
export interface SharedTypes {
  /** The list of this type alone. */
  of(type: AssociationSpec): AssociationSpec[];
  /** A list equal to this one, if it is of one type. */
  like(types: AssociationSpec[]): AssociationSpec[];
}

/** A file of which every row has another type must not fill the memory. */
const most = 1_000;

export function createSharedTypes(): SharedTypes {
  const lists = new Map<string, AssociationSpec[]>();
  const of = (type: AssociationSpec): AssociationSpec[] => {
    const key = `${type.associationCategory} ${String(type.associationTypeId)}`;
    const known = lists.get(key);
    if (known !== undefined) return known;
    const list = frozen([type]);
    if (lists.size < most) lists.set(key, list);
    return list;
  };
  return {
    of,
    like: (types) => {
      const [type] = types;
      if (type === undefined || types.length > 1 || Object.isFrozen(types)) return types;
      // A member that is not documented goes out too.
      return Object.keys(type).length === 2 ? of(type) : types;
    },
  };
}

/** A copy that nobody can change. */
export function frozen(types: readonly AssociationSpec[]): AssociationSpec[] {
  const copy = types.map((type) => Object.freeze({ ...type }));
  Object.freeze(copy);
  return copy;
}
