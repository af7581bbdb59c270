import {
  associationSpecAssociationCategoryValues as categories,
  type AssociationSpec,
} from '../../generated/schema.js';
import { schemas } from '../../generated/validators.js';
import { ConfigurationError } from '../client/errors.js';
import type { Parse } from './option.js';

/** CATEGORY:ID, such as `HUBSPOT_DEFINED:279`. */
export const associationType: Parse<AssociationSpec> = (value, name) => {
  const [category = '', id = '', ...rest] = value.split(':');
  const type = { associationCategory: category.toUpperCase(), associationTypeId: /^\d+$/.test(id) ? Number(id) : NaN };
  if (rest.length === 0 && schemas.AssociationSpec(type)) return type;
  const message =
    `write CATEGORY:ID, such as HUBSPOT_DEFINED:279, with one of ${categories.join(', ')}; not ${value}. ` +
    'To see the ids of a direction: hubspot-associations types contacts companies';
  throw new ConfigurationError(name, message);
};
