import type { ObjectType } from './object-types.js';

/** Records of an object type, so many of them: their ids follow from the seed. */
export interface GeneratedRecords {
  readonly count: number;
  /** @defaultValue 0, with which the ids are 1, 2, 3, … */
  readonly seed?: number;
}

/** All ids exist but these. */
export interface AllRecordsExcept {
  readonly allExcept: Iterable<string>;
}

/**
 * The records of an object type: their ids; how many there are; all but some; or a function that
 * says whether an id exists.
 */
export type Records = Iterable<string> | number | GeneratedRecords | AllRecordsExcept | ((id: string) => boolean);

/** Which ids exist. */
export interface RecordSet {
  has(id: string): boolean;
  /** The ids, where they can be listed: not for all but some, nor for a function. */
  ids(): Iterable<string>;
}

const greatestId = 2n ** 63n - 1n;

/**
 * Whether a record can have the id. Those of HubSpot's own object types are positive 64-bit integers, of
 * which it writes no other form; of a custom object type's nothing is assumed.
 * Source: https://github.com/HubSpot/hubspot-api-php/issues/261
 */
export function isRecordId(type: ObjectType, id: string): boolean {
  if (!type.id.startsWith('0-')) return true;
  return /^[1-9]\d{0,18}$/.test(id) && (id.length < 19 || BigInt(id) <= greatestId);
}

export const allRecords: RecordSet = { has: () => true, ids: () => [] };
export const noRecords: RecordSet = { has: () => false, ids: () => [] };

/** @throws RangeError for records that cannot be. */
export function createRecordSet(type: ObjectType, records: Records): RecordSet {
  if (typeof records === 'function') return { has: records, ids: () => [] };
  if (typeof records === 'number') return generatedSet({ count: records });
  if (typeof records === 'string') throw new RangeError('records: give a list of ids, not one.');
  if ('allExcept' in records) {
    const missing = new Set(records.allExcept);
    return { has: (id) => !missing.has(id), ids: () => [] };
  }
  if ('count' in records) return generatedSet(records);
  const ids = new Set(records);
  for (const id of ids) {
    if (!isRecordId(type, id))
      throw new RangeError(`records: ${type.plural} cannot have the id ${JSON.stringify(id)}.`);
  }
  return { has: (id) => ids.has(id), ids: () => ids };
}

/** Ids are the members of an arithmetic sequence, so a million of them take no memory. */
function generatedSet({ count, seed = 0 }: GeneratedRecords): RecordSet {
  if (!Number.isSafeInteger(count) || count < 0) throw new RangeError('records: give a whole number of records.');
  const first = seed === 0 ? 1 : 1_000_000 + (Math.abs(Math.imul(seed, 0x9e3779b1)) % 1_000_000_000);
  const step = seed === 0 ? 1 : 1 + (Math.abs(Math.imul(seed, 0x85ebca6b)) % 97);
  return {
    has: (id) => {
      const place = (Number(id) - first) / step;
      return Number.isInteger(place) && place >= 0 && place < count;
    },
    ids: function* () {
      for (let place = 0; place < count; place += 1) yield String(first + place * step);
    },
  };
}
