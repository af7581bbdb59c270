import type { ObjectType } from './object-types.js';

/** A number of records of an object type, whose ids follow from the seed. */
export interface GeneratedRecords {
  readonly count: number;
  /** @defaultValue 0, with which the ids are 1, 2, 3, … */
  readonly seed?: number;
}

/** All ids exist except these. */
export interface AllRecordsExcept {
  readonly allExcept: Iterable<string>;
}

/**
 * The records of an object type: their ids; their number; all except some; or a function that says whether
 * an id exists.
 */
export type Records = Iterable<string> | number | GeneratedRecords | AllRecordsExcept | ((id: string) => boolean);

/** Which ids exist. */
export interface RecordSet {
  has(id: string): boolean;
  /** The ids, if they can be listed; none for "all except some" or a function. */
  ids(): Iterable<string>;
}

const greatestId = 2n ** 63n - 1n;

/**
 * Whether a record can have this id. Ids of HubSpot's own object types are 64-bit integers; nothing is
 * assumed about those of custom object types. Source: https://github.com/HubSpot/hubspot-api-php/issues/261
 */
export function isRecordId(type: ObjectType, id: string): boolean {
  if (!type.id.startsWith('0-')) return true;
  return /^\d{1,19}$/.test(id) && (id.length < 19 || BigInt(id) <= greatestId);
}

export const allRecords: RecordSet = { has: () => true, ids: () => [] };
export const noRecords: RecordSet = { has: () => false, ids: () => [] };

/** @throws RangeError for impossible records. */
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

/** The ids form an arithmetic sequence, so a million of them take no memory. */
function generatedSet({ count, seed = 0 }: GeneratedRecords): RecordSet {
  if (!Number.isSafeInteger(count) || count < 0) throw new RangeError('records: give a whole number of records.');
  const first = seed === 0 ? 1 : 1_000_000 + (Math.abs(Math.imul(seed, 0x9e3779b1)) % 1_000_000_000);
  const step = seed === 0 ? 1 : 1 + (Math.abs(Math.imul(seed, 0x85ebca6b)) % 97);
  return {
    has: (id) => {
      const place = (Number(id) - first) / step;
      return /^[1-9]\d*$/.test(id) && Number.isInteger(place) && place >= 0 && place < count;
    },
    ids: function* () {
      for (let place = 0; place < count; place += 1) yield String(first + place * step);
    },
  };
}
