import { isFinal } from '../bulk/outcome.js';
import type { BatchRecord, NotCreated } from './records.js';
import { createRowSet } from './row-set.js';

/** The outcome of a row, as recorded in a ledger. */
export type KnownOutcome = { readonly kind: 'created' } | NotCreated;

/** The position of a record in its ledger, in bytes. */
export interface RecordPlace {
  readonly begin: number;
  readonly end: number;
}

/** The rows with a final outcome, which are not resent. */
export interface KnownRows {
  add(record: BatchRecord, place: RecordPlace): void;
  outcomeOf(row: number): KnownOutcome | undefined;
}

const rowsPerPage = 1_024;

/**
 * A created row takes one bit. A refused row takes four bytes, which refer to its record: the reasons of
 * millions of rows stay on disk.
 *
 * @param read - Reads an added record again.
 */
export function createKnownRows(read: (place: RecordPlace) => BatchRecord): KnownRows {
  const created = createRowSet();
  /** The positions of records that contain refused rows. */
  const places: RecordPlace[] = [];
  /** For each refused row, the index of its record in `places`, counted from 1. */
  const pages = new Map<number, Uint32Array>();
  const refusalsOf = cacheLast((place: RecordPlace) => refusals(read(place)));
  const refuse = (row: number): void => {
    const page = Math.floor(row / rowsPerPage);
    let numbers = pages.get(page);
    if (numbers === undefined) pages.set(page, (numbers = new Uint32Array(rowsPerPage)));
    numbers[row % rowsPerPage] = places.length;
  };
  return {
    add: (record, place) => {
      for (const range of record.created) created.add(range);
      const refused = refusals(record);
      if (refused.size > 0) places.push(place);
      for (const row of refused.keys()) refuse(row);
    },
    outcomeOf: (row) => {
      if (created.has(row)) return { kind: 'created' };
      const number = pages.get(Math.floor(row / rowsPerPage))?.[row % rowsPerPage] ?? 0;
      const place = places[number - 1];
      return place && refusalsOf(place).get(row);
    },
  };
}

/** The refused rows of a batch, which are not resent. */
function refusals({ notCreated }: BatchRecord): Map<number, NotCreated> {
  const refused = notCreated.filter(({ kind }) => isFinal(kind));
  return new Map(refused.map((outcome) => [outcome.row, outcome]));
}

/**
 * How many records are cached. Rows are looked up in order, so they belong to one batch after another, of a
 * few runs.
 */
const keptRecords = 16;

function cacheLast<K, V>(make: (key: K) => V): (key: K) => V {
  const kept = new Map<K, V>();
  return (key) => {
    const value = kept.get(key) ?? make(key);
    // Move the key to the end: the order is from least to most recently used.
    kept.delete(key);
    kept.set(key, value);
    const [oldest] = kept.keys();
    if (kept.size > keptRecords && oldest !== undefined) kept.delete(oldest);
    return value;
  };
}
