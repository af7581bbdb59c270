import { isFinal } from '../bulk/outcome.js';
import type { BatchRecord, NotCreated } from './records.js';
import { createRowSet } from './row-set.js';

/** What a ledger knows of a row. */
export type KnownOutcome = { readonly kind: 'created' } | NotCreated;

/** Where a record stands in its ledger, in bytes. */
export interface RecordPlace {
  readonly begin: number;
  readonly end: number;
}

/** The rows that have their final outcome, and are not resent. */
export interface KnownRows {
  add(record: BatchRecord, place: RecordPlace): void;
  outcomeOf(row: number): KnownOutcome | undefined;
}

const rowsPerPage = 1_024;

/**
 * Created rows take a bit each. Refused ones take four bytes, which lead to their record: the reasons of
 * millions of rows stay on disk.
 *
 * @param read - Reads a record that was added.
 */
export function createKnownRows(read: (place: RecordPlace) => BatchRecord): KnownRows {
  const created = createRowSet();
  /** The records that refuse rows. */
  const places: RecordPlace[] = [];
  /** For each refused row, the place of its record, counted from 1. */
  const pages = new Map<number, Uint32Array>();
  const refusalsOf = keepingLast((place: RecordPlace) => refusals(read(place)));
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

/** The rows of a batch that were refused, which are not resent. */
function refusals({ notCreated }: BatchRecord): Map<number, NotCreated> {
  const refused = notCreated.filter(({ kind }) => isFinal(kind));
  return new Map(refused.map((outcome) => [outcome.row, outcome]));
}

/** Rows are asked for in their order, so they are those of one batch after the other, in a few runs at once. */
const keptRecords = 16;

function keepingLast<K, V>(make: (key: K) => V): (key: K) => V {
  const kept = new Map<K, V>();
  return (key) => {
    const value = kept.get(key) ?? make(key);
    // The one that was used last stands last.
    kept.delete(key);
    kept.set(key, value);
    const [oldest] = kept.keys();
    if (kept.size > keptRecords && oldest !== undefined) kept.delete(oldest);
    return value;
  };
}
