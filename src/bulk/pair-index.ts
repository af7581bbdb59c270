import type { PairAt, Settling } from './batcher.js';
import { createPairHash } from './pair-hash.js';

/** Finds the pairs of the last batches by their ids: the latest of those that name the same records. */
export interface PairIndex {
  /** The batches whose pairs are found, the oldest first. */
  readonly batches: readonly Settling[];
  find(from: string, to: string): PairAt | undefined;
  /** Adds a pair of the latest batch, or of one that is later still. */
  add(pair: PairAt): void;
  /** Forgets the pairs of the oldest batches. */
  forget(batches: number): void;
}

/** More than the places of any batch. */
const placesInBatch = 2_048;

/**
 * A hash table of where pairs are, with open addressing. A Map would take longer, since it has
 * to be told of each pair that it is to forget, and more memory.
 */
export function createPairIndex(): PairIndex {
  const hash = createPairHash();
  let batches: Settling[] = [];
  let size = 0;
  // For each slot the batch and the place of a pair, counted from 1 so that 0 is a free slot, and its hash.
  let positions = new Int32Array(16_384);
  let hashes = new Int32Array(positions.length);

  const pairAt = (position: number): PairAt | undefined => {
    const batch = batches[Math.floor((position - 1) / placesInBatch)];
    return batch === undefined ? undefined : { batch, place: (position - 1) % placesInBatch };
  };
  const names = (position: number, from: string, to: string): boolean => {
    const pairs = batches[Math.floor((position - 1) / placesInBatch)]?.pairs;
    const place = (position - 1) % placesInBatch;
    return pairs?.from[place] === from && pairs.to[place] === to;
  };
  const slotOf = (from: string, to: string, bits: number): number => {
    const mask = positions.length - 1;
    for (let slot = bits & mask; ; slot = (slot + 1) & mask) {
      const position = positions[slot] ?? 0;
      if (position === 0 || (hashes[slot] === bits && names(position, from, to))) return slot;
    }
  };
  /** Into larger tables, without those whose position is not after the offset. No two of them name the same pair. */
  const rebuild = (slots: number, offset: number): void => {
    const [oldPositions, oldHashes] = [positions, hashes];
    [positions, hashes] = [new Int32Array(slots), new Int32Array(slots)];
    const mask = slots - 1;
    size = 0;
    for (let old = 0; old < oldPositions.length; old += 1) {
      const position = (oldPositions[old] ?? 0) - offset;
      if (position <= 0) continue;
      const bits = oldHashes[old] ?? 0;
      let slot = bits & mask;
      while (positions[slot] !== 0) slot = (slot + 1) & mask;
      positions[slot] = position;
      hashes[slot] = bits;
      size += 1;
    }
  };

  return {
    get batches() {
      return batches;
    },
    find: (from, to) => {
      const position = positions[slotOf(from, to, hash.of(from, to) | 0)] ?? 0;
      return position === 0 ? undefined : pairAt(position);
    },
    add: ({ batch, place }) => {
      if (batches.at(-1) !== batch) batches.push(batch);
      // At most half full, so that a free slot is never far.
      if (2 * size >= positions.length) rebuild(4 * positions.length, 0);
      const { from, to } = batch.pairs;
      const [fromId = '', toId = ''] = [from[place], to[place]];
      const bits = hash.of(fromId, toId) | 0;
      const slot = slotOf(fromId, toId, bits);
      if (positions[slot] === 0) size += 1;
      positions[slot] = (batches.length - 1) * placesInBatch + place + 1;
      hashes[slot] = bits;
    },
    forget: (count) => {
      batches = batches.slice(count);
      rebuild(positions.length, count * placesInBatch);
    },
  };
}
