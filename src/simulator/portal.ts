import type { AssociationSpec } from '../../generated/schema.js';

/** Which records of an object type exist: their ids, or a function that says it of an id. */
export type Records = Iterable<string> | ((id: string) => boolean);

/** An association as the portal remembers it. */
export interface Association {
  readonly fromObjectId: string;
  readonly toObjectId: string;
  readonly types: readonly AssociationSpec[];
}

/** An object type by its type id and by the name that HubSpot's messages use. */
export interface ObjectType {
  readonly id: string;
  readonly name: string;
}

/** A HubSpot account in memory: records by object type, and the associations between them. */
export interface Portal {
  /** The object type that a name or a type id stands for, in any case, singular or plural. */
  objectType(nameOrId: string): ObjectType | undefined;
  hasRecord(type: ObjectType, id: string): boolean;
  /** Puts the types of a pair in place of those that it had. Says whether the pair is new. */
  associate(from: ObjectType, to: ObjectType, association: Association): boolean;
  associations(from: ObjectType, to: ObjectType): Association[];
}

/**
 * The object types that HubSpot names itself, with their type ids.
 * Source: https://developers.hubspot.com/docs/api-reference/legacy/crm/associations/associate-records/guide
 */
const standardTypes: readonly (ObjectType & { readonly plural: string })[] = [
  { id: '0-1', name: 'contact', plural: 'contacts' },
  { id: '0-2', name: 'company', plural: 'companies' },
  { id: '0-3', name: 'deal', plural: 'deals' },
  { id: '0-5', name: 'ticket', plural: 'tickets' },
  { id: '0-46', name: 'note', plural: 'notes' },
];

/**
 * @param records - The records by object type. Without it every record of every type exists; with
 *   it, an object type that it does not list has none.
 */
export function createPortal(records?: Readonly<Record<string, Records>>): Portal {
  const existing = new Map<string, (id: string) => boolean>();
  const stored = new Map<string, Map<string, Association>>();

  const associationsBetween = (from: ObjectType, to: ObjectType): Map<string, Association> => {
    const key = `${from.id} ${to.id}`;
    const found = stored.get(key) ?? new Map<string, Association>();
    stored.set(key, found);
    return found;
  };

  for (const [nameOrId, of] of Object.entries(records ?? {})) {
    const type = objectType(nameOrId);
    if (type === undefined) throw new Error(`${nameOrId} is not an object type that the simulator knows.`);
    existing.set(type.id, typeof of === 'function' ? of : membership(of));
  }

  return {
    objectType,
    hasRecord: (type, id) => records === undefined || existing.get(type.id)?.(id) === true,
    associate: (from, to, association) => {
      const associations = associationsBetween(from, to);
      const pair = `${association.fromObjectId} ${association.toObjectId}`;
      const isNew = !associations.has(pair);
      associations.set(pair, association);
      return isNew;
    },
    associations: (from, to) => [...associationsBetween(from, to).values()],
  };
}

function objectType(nameOrId: string): ObjectType | undefined {
  const wanted = nameOrId.toLowerCase();
  const standard = standardTypes.find(({ id, name, plural }) => [id, name, plural].includes(wanted));
  if (standard !== undefined) return { id: standard.id, name: standard.name };
  return /^\d+-\d+$/.test(wanted) ? { id: wanted, name: wanted } : undefined;
}

function membership(ids: Iterable<string>): (id: string) => boolean {
  const set = new Set(ids);
  return (id) => set.has(id);
}
