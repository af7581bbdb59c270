import { hubspotAssociationTypes } from '../../generated/api-facts.js';
import type { AssociationSpec } from '../../generated/schema.js';
import type { FindObjectType, ObjectType } from './object-types.js';

/** An association type that the account or an app has defined. */
export interface AssociationDefinition {
  readonly from: string;
  readonly to: string;
  readonly category: AssociationSpec['associationCategory'];
  readonly typeId: number;
  /** The label, which replies list in `labels`. */
  readonly label?: string;
}

/** The association types between two object types, in one direction. */
export interface DirectionTypes {
  /** Why a type cannot be used; `undefined` if it can. */
  problemWith(type: AssociationSpec): TypeProblem | undefined;
  /** The labels of these types, if they have one. */
  labels(types: readonly AssociationSpec[]): string[];
}

/** The association types of the account. */
export type AssociationTypes = (from: ObjectType, to: ObjectType) => DirectionTypes;

/** `direction`: the type belongs to another pair of object types. `unknown`: there is no such type. */
type TypeProblem = 'direction' | 'unknown';

/**
 * @param custom - The definitions of the account. If empty, every type of a category other than HubSpot's
 *   own is accepted, since the simulator cannot know them.
 */
export function createAssociationTypes(
  findObjectType: FindObjectType,
  custom: readonly AssociationDefinition[] = [],
): AssociationTypes {
  const standard = hubspotAssociationTypes.map(({ id, ...definition }): AssociationDefinition => ({
    ...definition,
    typeId: id,
    category: 'HUBSPOT_DEFINED',
  }));
  const directions = new Map<string, DefinitionsByCategory>();
  const elsewhere = newDefinitions();
  for (const { from, to, category, typeId, label } of [...standard, ...custom]) {
    const direction = `${idOf(findObjectType, from)} ${idOf(findObjectType, to)}`;
    const definitions = directions.get(direction) ?? newDefinitions();
    directions.set(direction, definitions);
    for (const known of [definitions, elsewhere]) {
      known.set(category, (known.get(category) ?? new Map<number, string | undefined>()).set(typeId, label));
    }
  }

  return (from, to) => {
    const here = directions.get(`${from.id} ${to.id}`);
    return {
      problemWith: ({ associationCategory, associationTypeId }) => {
        const definitions = here?.get(associationCategory);
        if (definitions?.has(associationTypeId) === true) return undefined;
        if (elsewhere.get(associationCategory)?.has(associationTypeId) === true) return 'direction';
        // Without any known definitions, a type cannot be called unknown.
        const known = associationCategory === 'HUBSPOT_DEFINED' ? definitions !== undefined : custom.length > 0;
        return known ? 'unknown' : undefined;
      },
      labels: (types) =>
        types.flatMap(
          ({ associationCategory, associationTypeId }) => here?.get(associationCategory)?.get(associationTypeId) ?? [],
        ),
    };
  };
}

/** The labels of type ids, by category. */
type DefinitionsByCategory = Map<AssociationSpec['associationCategory'], Map<number, string | undefined>>;

function newDefinitions(): DefinitionsByCategory {
  return new Map<AssociationSpec['associationCategory'], Map<number, string | undefined>>();
}

function idOf(findObjectType: FindObjectType, nameOrId: string): string {
  const type = findObjectType(nameOrId);
  if (type === undefined) throw new RangeError(`associationTypes: there is no object type ${nameOrId}.`);
  return type.id;
}
