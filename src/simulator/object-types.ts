import { hubspotObjectTypes } from '../../generated/api-facts.js';

/** An object type by its type id and by the names that HubSpot uses for it. */
export interface ObjectType {
  /** Such as `0-1`, or `2-1234567` for a custom one. */
  readonly id: string;
  /** Singular, as HubSpot's messages have it, such as `contact`. */
  readonly name: string;
  /** As HubSpot's scopes have it, such as `contacts`. */
  readonly plural: string;
}

/** An object type that the account has defined itself. */
export interface CustomObjectType {
  /** Its type id, such as `2-1234567`. */
  readonly id: string;
  readonly name: string;
  /** @defaultValue the name with an s */
  readonly plural?: string;
}

/** Finds the object type that a path parameter stands for. */
export type FindObjectType = (nameOrId: string) => ObjectType | undefined;

/** Names are taken in any case, singular or plural; a type id stands for itself, also an unknown one. */
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
