import { hubspotObjectTypes } from '../../generated/api-facts.js';

/** An object type that HubSpot defines. */
export interface ObjectType {
  /** Such as `0-1`. */
  readonly id: string;
  readonly name: string;
  readonly plural: string;
}

/** The object type of HubSpot's own that a type id or a name stands for: in any case, singular or plural. */
export function findObjectType(nameOrId: string): ObjectType | undefined {
  const wanted = nameOrId.toLowerCase();
  return hubspotObjectTypes.find(({ id, name, plural }) => id === wanted || name === wanted || plural === wanted);
}
