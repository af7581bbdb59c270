import type { BatchRecord, NotCreated } from './records.js';
import { createRowSet } from './row-set.js';

/** What a ledger knows of a row. */
export type KnownOutcome = { readonly kind: 'created' } | NotCreated;

/** The rows that need not be sent any more. */
export interface KnownRows {
  add(record: Pick<BatchRecord, 'created' | 'notCreated'>): void;
  outcomeOf(row: number): KnownOutcome | undefined;
}

const rowsPerPage = 1_024;

/** Created rows take a bit each; refused ones four bytes, and each reason is kept once. */
export function createKnownRows(): KnownRows {
  const created = createRowSet();
  const reasons = createReasons();
  /** For each refused row, where its reason stands, counted from 1. */
  const pages = new Map<number, Uint32Array>();
  const refuse = (outcome: NotCreated): void => {
    const page = Math.floor(outcome.row / rowsPerPage);
    let places = pages.get(page);
    if (places === undefined) pages.set(page, (places = new Uint32Array(rowsPerPage)));
    places[outcome.row % rowsPerPage] = reasons.placeOf(outcome) + 1;
  };
  return {
    add: (record) => {
      for (const range of record.created) created.add(range);
      for (const outcome of record.notCreated) {
        if (outcome.kind === 'failed' || outcome.kind === 'invalid') refuse(outcome);
      }
    },
    outcomeOf: (row) => {
      if (created.has(row)) return { kind: 'created' };
      const place = pages.get(Math.floor(row / rowsPerPage))?.[row % rowsPerPage] ?? 0;
      const found = reasons.at(place - 1);
      return found === undefined ? undefined : { row, ...found };
    },
  };
}

type Reason = Pick<NotCreated, 'kind' | 'reason'>;

interface Reasons {
  placeOf(reason: Reason): number;
  at(place: number): Reason | undefined;
}

function createReasons(): Reasons {
  const list: Reason[] = [];
  const places = new Map<string, number>();
  return {
    placeOf: ({ kind, reason }) => {
      const key = `${kind} ${reason}`;
      let place = places.get(key);
      if (place === undefined) {
        place = list.push({ kind, reason }) - 1;
        places.set(key, place);
      }
      return place;
    },
    at: (place) => list[place],
  };
}
