import type { ApiVersion } from '../../generated/client.js';
import { associationSpecAssociationCategoryValues as categories } from '../../generated/schema.js';
import type { AssociationInput } from '../client/validate.js';

/** The data for the requests of a probe. */
export interface ProbeSettings {
  readonly accessToken: string;
  readonly fromObjectType: string;
  readonly toObjectType: string;
  /** The pair to associate. Repeating this changes nothing. */
  readonly pair: AssociationInput;
  /** An id that no record of the second type has. */
  readonly missingId: string;
  /** The version of the API to probe. @defaultValue `2025-09` */
  readonly apiVersion?: ApiVersion;
}

/** The environment variables, and their purposes. */
export const probeVariables = {
  HUBSPOT_ACCESS_TOKEN: 'a token of a test account',
  HUBSPOT_TEST_FROM_TYPE: 'the object type of the first record, such as contacts',
  HUBSPOT_TEST_FROM_ID: 'the id of a record of that type',
  HUBSPOT_TEST_TO_TYPE: 'the object type of the second record, such as companies',
  HUBSPOT_TEST_TO_ID: 'the id of a record of that type',
  HUBSPOT_TEST_ASSOCIATION_TYPE: 'an association type in that direction, such as HUBSPOT_DEFINED:279',
} as const;

type Variable = keyof typeof probeVariables;

/** The settings for a simulated account. */
export const simulatedProbe: ProbeSettings = {
  accessToken: 'contract-simulated',
  fromObjectType: 'contacts',
  toObjectType: 'companies',
  pair: {
    from: { id: '37295' },
    to: { id: '1439' },
    types: [{ associationCategory: 'HUBSPOT_DEFINED', associationTypeId: 279 }],
  },
  missingId: '999999999999',
};

/**
 * Reads the settings of a real account.
 *
 * @returns The settings, or the variables that are missing or invalid.
 */
export function readProbeSettings(
  environment: Readonly<Record<string, string | undefined>>,
): ProbeSettings | Variable[] {
  const value = (name: string): string => environment[name]?.trim() ?? '';
  const type = associationType(value('HUBSPOT_TEST_ASSOCIATION_TYPE'));
  const names = Object.keys(probeVariables).filter((name): name is Variable => name in probeVariables);
  const missing = names.filter(
    (name) => value(name) === '' || (name === 'HUBSPOT_TEST_ASSOCIATION_TYPE' && type === undefined),
  );
  if (missing.length > 0 || type === undefined) return missing;
  const missingId = value('HUBSPOT_TEST_MISSING_ID');
  return {
    accessToken: value('HUBSPOT_ACCESS_TOKEN'),
    fromObjectType: value('HUBSPOT_TEST_FROM_TYPE'),
    toObjectType: value('HUBSPOT_TEST_TO_TYPE'),
    pair: { from: { id: value('HUBSPOT_TEST_FROM_ID') }, to: { id: value('HUBSPOT_TEST_TO_ID') }, types: [type] },
    missingId: missingId === '' ? simulatedProbe.missingId : missingId,
  };
}

function associationType(text: string): AssociationInput['types'][number] | undefined {
  const [name, id] = text.split(':');
  const associationCategory = categories.find((category) => category === name);
  const associationTypeId = Number(id);
  if (associationCategory === undefined || !Number.isInteger(associationTypeId) || associationTypeId < 1)
    return undefined;
  return { associationCategory, associationTypeId };
}
