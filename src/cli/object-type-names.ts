import { hubspotObjectTypes } from '../../generated/api-facts.js';

/** The names of HubSpot's object types, in the plural. */
export const objectTypeNames: readonly string[] = hubspotObjectTypes.map(({ plural }) => plural);
