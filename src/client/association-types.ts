import { hubspotAssociationTypes, hubspotObjectTypes } from '../../generated/api-facts.js';
import type { AssociationSpec } from '../../generated/schema.js';
import { editDistance } from './edit-distance.js';
import { findObjectType } from './object-types.js';

/** Why the name of an object type is probably misspelt. */
interface ObjectTypeProblem {
  /** Suggests a name, and explains how custom object types are named. */
  readonly message: string;
  /** The most similar documented names. */
  readonly suggestions: readonly string[];
}

/**
 * Finds a misspelt object type.
 *
 * @returns A suggestion; `undefined` for a name that HubSpot documents, a type id such as `2-123`, a
 *   custom object type such as `p12345_car`, or a name that resembles no documented one.
 */
export function objectTypeProblem(name: string): ObjectTypeProblem | undefined {
  if (findObjectType(name) !== undefined || typeId.test(name) || customName.test(name)) return undefined;
  const suggestions = similarNames(name.toLowerCase());
  if (suggestions.length === 0) return undefined;
  const message =
    `HubSpot has no object type ${name}: did you mean ${list(suggestions, 'or')}? ` +
    'A custom object type is given by its type id, such as 2-123, or by its full name, such as p12345_car.';
  return { message, suggestions };
}

/**
 * Finds an association type that belongs to another direction or to other object types.
 *
 * @returns A sentence that names the type's own direction, and the types that HubSpot documents for the
 *   requested direction. `undefined` if the type may be right: it is documented for this direction or not
 *   at all, it is not `HUBSPOT_DEFINED`, or one of the object types is a custom one. Source:
 *   https://developers.hubspot.com/docs/api-reference/legacy/crm/associations/associate-records/guide
 */
export function associationTypeProblem(type: AssociationSpec, from: string, to: string): string | undefined {
  const { associationCategory: category, associationTypeId: id } = type;
  const fromName = findObjectType(from)?.name;
  const toName = findObjectType(to)?.name;
  if (category !== 'HUBSPOT_DEFINED' || fromName === undefined || toName === undefined) return undefined;
  const definition = documentedTypes.find((documented) => documented.id === id);
  if (definition === undefined || isDocumentedType(type, from, to)) return undefined;

  const right = documentedTypes.filter((documented) => documented.from === fromName && documented.to === toName);
  const alternatives =
    right.length === 0
      ? `HubSpot documents no type for ${fromName} → ${toName}`
      : `for ${fromName} → ${toName} HubSpot documents ${list(right.map(idAndLabel), 'and')}`;
  const label = definition.label === undefined ? '' : ` (${definition.label})`;
  return `${category} ${String(id)} is ${definition.from} → ${definition.to}${label}; ${alternatives}.`;
}

/**
 * Whether HubSpot documents an association type for this direction. Types that an account defines are never
 * documented.
 */
export function isDocumentedType(
  { associationCategory, associationTypeId }: AssociationSpec,
  from: string,
  to: string,
): boolean {
  if (associationCategory !== 'HUBSPOT_DEFINED') return false;
  const definition = documentedTypes.find(({ id }) => id === associationTypeId);
  return (
    definition !== undefined &&
    definition.from === findObjectType(from)?.name &&
    definition.to === findObjectType(to)?.name
  );
}

interface DocumentedType {
  readonly id: number;
  readonly from: string;
  readonly to: string;
  readonly label?: string;
}

const documentedTypes: readonly DocumentedType[] = hubspotAssociationTypes;

function idAndLabel({ id, label = 'unlabelled' }: DocumentedType): string {
  return `${String(id)} (${label})`;
}

const typeId = /^\d+-\d+$/;

/** `p_car`, or `p12345_car` with the number of the account. */
const customName = /^p\d*_./i;

/**
 * The documented names within two edits, fewest first only. If the singular and the plural of a type are
 * equally near, the plural.
 */
function similarNames(name: string): string[] {
  const candidates = hubspotObjectTypes
    .map(({ name: singular, plural }) => {
      const [edits, singularEdits] = [editDistance(name, plural), editDistance(name, singular)];
      return singularEdits < edits ? { spelling: singular, edits: singularEdits } : { spelling: plural, edits };
    })
    // Two edits turn almost any three-letter name into any other.
    .filter(({ edits }) => edits <= 2 && 2 * edits <= name.length);
  const fewest = Math.min(...candidates.map(({ edits }) => edits));
  return candidates.filter(({ edits }) => edits === fewest).map(({ spelling }) => spelling);
}

function list(items: readonly string[], conjunction: 'and' | 'or'): string {
  const last = items.at(-1) ?? '';
  return items.length < 2 ? last : `${items.slice(0, -1).join(', ')} ${conjunction} ${last}`;
}
