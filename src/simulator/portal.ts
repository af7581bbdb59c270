import type { AssociationSpec, LabelsBetweenObjectPair, StandardError } from '../../generated/schema.js';
import type { AssociationTypes } from './association-types.js';
import type { FindObjectType, ObjectType } from './object-types.js';
import { allRecords, createRecordSet, noRecords, type Records, type RecordSet } from './records.js';
import { notFound } from './replies.js';

/** An association that the account contains. */
export interface Association {
  readonly fromObjectId: string;
  readonly toObjectId: string;
  readonly types: readonly AssociationSpec[];
  readonly labels: readonly string[];
}

/** One pair of a request. */
export interface Pair {
  readonly from: { readonly id: string };
  readonly to: { readonly id: string };
  readonly types: readonly AssociationSpec[];
}

/** What applying a batch changed, and the content of its reply. */
export interface Application {
  readonly results: LabelsBetweenObjectPair[];
  readonly errors: StandardError[];
  /** The number of pairs that had no association before. */
  readonly associated: number;
  /** The number of pairs whose types were replaced by others. */
  readonly replaced: number;
  /** The number of pairs that already had exactly these types. */
  readonly unchanged: number;
}

/** A HubSpot account in memory: records by object type, and the associations between them. */
export interface Portal {
  /** Associates the pairs whose records exist. */
  apply(from: ObjectType, to: ObjectType, pairs: readonly Pair[]): Application;
  associations(from: ObjectType, to: ObjectType): Association[];
  records(type: ObjectType): RecordSet;
}

/**
 * @param records - The records by object type; an object type that is not listed has none. If missing,
 *   every record of every type exists.
 * @throws RangeError for an unknown object type.
 */
export function createPortal(
  findObjectType: FindObjectType,
  associationTypes: AssociationTypes,
  records?: Readonly<Record<string, Records>>,
): Portal {
  const existing = new Map<string, RecordSet>();
  const stored = new Map<string, Map<string, Association>>();
  for (const [nameOrId, given] of Object.entries(records ?? {})) {
    const type = findObjectType(nameOrId);
    if (type === undefined) throw new RangeError(`records: there is no object type ${nameOrId}.`);
    existing.set(type.id, createRecordSet(type, given));
  }
  const recordsOf = (type: ObjectType): RecordSet =>
    existing.get(type.id) ?? (records === undefined ? allRecords : noRecords);
  const between = (from: ObjectType, to: ObjectType): Map<string, Association> => {
    const direction = `${from.id} ${to.id}`;
    const associations = stored.get(direction) ?? new Map<string, Association>();
    stored.set(direction, associations);
    return associations;
  };

  return {
    apply: (from, to, pairs) => {
      const associations = between(from, to);
      const directionTypes = associationTypes(from, to);
      const [fromRecords, toRecords] = [recordsOf(from), recordsOf(to)];
      const results: LabelsBetweenObjectPair[] = [];
      // A missing record is one error, however many pairs it is in.
      const errors = new Map<string, StandardError>();
      let associated = 0;
      let replaced = 0;
      for (const { from: first, to: second, types } of pairs) {
        const [fromObjectId, toObjectId] = [first.id, second.id];
        const missing = [!fromRecords.has(fromObjectId), !toRecords.has(toObjectId)];
        if (missing[0] === true) errors.set(`FROM ${fromObjectId}`, notFound('FROM', from.name, fromObjectId));
        if (missing[1] === true) errors.set(`TO ${toObjectId}`, notFound('TO', to.name, toObjectId));
        if (missing.includes(true)) continue;

        const key = `${fromObjectId} ${toObjectId}`;
        const before = associations.get(key);
        const labels = directionTypes.labels(types);
        associations.set(key, { fromObjectId, toObjectId, types, labels });
        if (before === undefined) associated += 1;
        else if (!sameTypes(before.types, types)) replaced += 1;
        results.push({ fromObjectTypeId: from.id, fromObjectId, toObjectTypeId: to.id, toObjectId, labels });
      }
      const unchanged = results.length - associated - replaced;
      return { results, errors: [...errors.values()], associated, replaced, unchanged };
    },
    associations: (from, to) => [...between(from, to).values()],
    records: recordsOf,
  };
}

function sameTypes(some: readonly AssociationSpec[], others: readonly AssociationSpec[]): boolean {
  return (
    some.length === others.length &&
    some.every((one) =>
      others.some(
        (other) =>
          one.associationTypeId === other.associationTypeId && one.associationCategory === other.associationCategory,
      ),
    )
  );
}
