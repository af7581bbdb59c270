import type { AssociationSpec } from '../../generated/schema.js';

/** Lets rows with the same types share one frozen list, which saves memory and allows comparison by identity. */
export interface SharedTypes {
  /** The shared list with only this type. */
  of(type: AssociationSpec): AssociationSpec[];
  /** The shared list that equals this one, if it has a single type. */
  like(types: AssociationSpec[]): AssociationSpec[];
}

/** Limits the memory for a file in which every row has another type. */
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
      // Undocumented members are sent too, so such a list is not shared.
      return Object.keys(type).length === 2 ? of(type) : types;
    },
  };
}

/** Makes a frozen copy. */
export function frozen(types: readonly AssociationSpec[]): AssociationSpec[] {
  const copy = types.map((type) => Object.freeze({ ...type }));
  Object.freeze(copy);
  return copy;
}
