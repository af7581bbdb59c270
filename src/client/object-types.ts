import { hubspotObjectTypes } from '../../generated/api-facts.js';

/** An object type that HubSpot defines. */
export interface ObjectType {
  /** Such as `0-1`. */
  readonly id: string;
  readonly name: string;
  readonly plural: string;
}

/** Finds one of HubSpot's own object types by its type id or its name, singular or plural, in upper or lower case. */
export function findObjectType(nameOrId: string): ObjectType | undefined {
  const wanted = nameOrId.toLowerCase();
  return hubspotObjectTypes.find(({ id, name, plural }) => id === wanted || name === wanted || plural === wanted);
}
