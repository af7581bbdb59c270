import type { AssociationSpec } from '../../generated/schema.js';
import type { FindObjectType, ObjectType } from './object-types.js';

/** A type of association that the account, or an app, has defined. */
export interface AssociationDefinition {
  readonly from: string;
  readonly to: string;
  readonly category: AssociationSpec['associationCategory'];
  readonly typeId: number;
  /** The text that replies list among `labels`. */
  readonly label?: string;
}

/** The types of association that the account knows. */
export interface AssociationTypes {
  /** Why a type cannot be used between two object types, in HubSpot's terms; `undefined` when it can. */
  problemWith(type: AssociationSpec, from: ObjectType, to: ObjectType): TypeProblem | undefined;
  /** The texts of types that have a label. */
  labels(types: readonly AssociationSpec[], from: ObjectType, to: ObjectType): string[];
}

/** `direction`: the type belongs to another pair of object types. `unknown`: there is no such type. */
export type TypeProblem = 'direction' | 'unknown';

/**
 * The types that HubSpot defines, each for one direction.
 * Source: https://developers.hubspot.com/docs/api-reference/legacy/crm/associations/associate-records/guide
 */
const standardDefinitions: readonly [from: string, to: string, typeId: number, label?: string][] = [
  ['contact', 'company', 279],
  ['company', 'contact', 280],
  ['contact', 'company', 1, 'Primary'],
  ['company', 'contact', 2, 'Primary'],
  ['contact', 'deal', 4],
  ['deal', 'contact', 3],
  ['deal', 'company', 341],
  ['company', 'deal', 342],
  ['deal', 'company', 5, 'Primary'],
  ['company', 'deal', 6, 'Primary'],
  ['ticket', 'company', 339],
  ['company', 'ticket', 340],
  ['ticket', 'company', 26, 'Primary'],
  ['company', 'ticket', 25, 'Primary'],
];

/**
 * @param custom - The definitions of the account. Without any, every type of a category other than
 *   HubSpot's own is taken, since the simulator cannot know them.
 */
export function createAssociationTypes(
  findObjectType: FindObjectType,
  custom: readonly AssociationDefinition[] = [],
): AssociationTypes {
  const standard = standardDefinitions.map(([from, to, typeId, label]): AssociationDefinition => ({
    ...{ from, to, typeId, category: 'HUBSPOT_DEFINED' },
    ...(label === undefined ? {} : { label }),
  }));
  const labels = new Map<string, string | undefined>();
  const directions = new Set<string>();
  const typeIds = new Set<string>();
  for (const { from, to, category, typeId, label } of [...standard, ...custom]) {
    const direction = `${idOf(findObjectType, from)} ${idOf(findObjectType, to)}`;
    labels.set(`${direction} ${category} ${String(typeId)}`, label);
    directions.add(`${direction} ${category}`);
    typeIds.add(`${category} ${String(typeId)}`);
  }
  const isDefined = custom.length > 0;

  return {
    problemWith: ({ associationCategory, associationTypeId }, from, to) => {
      const type = `${associationCategory} ${String(associationTypeId)}`;
      const direction = `${from.id} ${to.id}`;
      if (labels.has(`${direction} ${type}`)) return undefined;
      if (typeIds.has(type)) return 'direction';
      // Where no definition of the category is known, none can be missed.
      const known =
        associationCategory === 'HUBSPOT_DEFINED' ? directions.has(`${direction} ${associationCategory}`) : isDefined;
      return known ? 'unknown' : undefined;
    },
    labels: (types, from, to) =>
      types.flatMap(({ associationCategory, associationTypeId }) => {
        const key = `${from.id} ${to.id} ${associationCategory} ${String(associationTypeId)}`;
        return labels.get(key) ?? [];
      }),
  };
}

function idOf(findObjectType: FindObjectType, nameOrId: string): string {
  const type = findObjectType(nameOrId);
  if (type === undefined) throw new RangeError(`associationTypes: there is no object type ${nameOrId}.`);
  return type.id;
}
