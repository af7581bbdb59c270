import { createPairHash } from './pair-hash.js';

/** What is kept of a pair, by its ids. */
export interface IndexedPair {
  readonly from: string;
  readonly to: string;
}

/** Finds pairs by their ids, the latest of those that name the same, and forgets the oldest. */
export interface PairIndex<P extends IndexedPair> {
  find(from: string, to: string): P | undefined;
  add(pair: P): void;
  /** The pairs that are kept, the oldest first. */
  readonly pairs: readonly P[];
  /** Forgets the oldest pairs. */
  forget(count: number): void;
}

/**
 * A hash table of places in a list, with open addressing: a million pairs pass through it in a
 * fifth of the time that a Map takes, which has to be told of each that it is to forget.
 */
export function createPairIndex<P extends IndexedPair>(): PairIndex<P> {
  const hash = createPairHash();
  let pairs: P[] = [];
  // For each slot the place of a pair, counted from 1, and its hash.
  let places = new Int32Array(1_024);
  let hashes = new Int32Array(places.length);

  const slotOf = (from: string, to: string, bits: number): number => {
    const mask = places.length - 1;
    for (let slot = bits & mask; ; slot = (slot + 1) & mask) {
      const place = places[slot] ?? 0;
      if (place === 0) return slot;
      const pair = hashes[slot] === bits ? pairs[place - 1] : undefined;
      if (pair?.from === from && pair.to === to) return slot;
    }
  };
  const put = ({ from, to }: P, place: number): void => {
    const bits = hash.of(from, to) | 0;
    const slot = slotOf(from, to, bits);
    places[slot] = place;
    hashes[slot] = bits;
  };
  const rebuild = (): void => {
    // At most half full, so that a free slot is never far.
    const size = 2 ** Math.ceil(Math.log2(2 * (pairs.length + 1_024)));
    if (size === places.length) places.fill(0);
    else [places, hashes] = [new Int32Array(size), new Int32Array(size)];
    for (const [index, pair] of pairs.entries()) put(pair, index + 1);
  };

  return {
    get pairs() {
      return pairs;
    },
    find: (from, to) => pairs[(places[slotOf(from, to, hash.of(from, to) | 0)] ?? 0) - 1],
    add: (pair) => {
      pairs.push(pair);
      if (2 * pairs.length > places.length) rebuild();
      else put(pair, pairs.length);
    },
    forget: (count) => {
      pairs = pairs.slice(count);
      rebuild();
    },
  };
}
