import { hubspotObjectTypes } from '../../generated/api-facts.js';

/** An object type, with its type id and HubSpot's names for it. */
export interface ObjectType {
  /** Such as `0-1`, or `2-1234567` for a custom one. */
  readonly id: string;
  /** Singular, as in HubSpot's messages, such as `contact`. */
  readonly name: string;
  /** Plural, as in HubSpot's scopes, such as `contacts`. */
  readonly plural: string;
}

/** An object type that the account has defined. */
export interface CustomObjectType {
  /** Its type id, such as `2-1234567`. */
  readonly id: string;
  readonly name: string;
  /** @defaultValue the name with an s */
  readonly plural?: string;
}

/** Finds the object type that a path parameter stands for. */
export type FindObjectType = (nameOrId: string) => ObjectType | undefined;

/** Accepts names in upper or lower case, singular or plural, and any type id, even an unknown one. */
export function createFindObjectType(customTypes: readonly CustomObjectType[] = []): FindObjectType {
  const known: readonly ObjectType[] = [
    ...hubspotObjectTypes,
    ...customTypes.map(({ id, name, plural = `${name}s` }): ObjectType => ({ id, name, plural })),
  ];
  const byName = new Map(
    known.flatMap((type) => [type.id, type.name, type.plural].map((name) => [name.toLowerCase(), type] as const)),
  );
  return (nameOrId) => {
    const wanted = nameOrId.toLowerCase();
    const found = byName.get(wanted);
    if (found !== undefined) return found;
    return /^\d+-\d+$/.test(wanted) ? { id: wanted, name: wanted, plural: wanted } : undefined;
  };
}
