import type { PairAt, Settling } from './batcher.js';
import { createPairHash } from './pair-hash.js';

/** Finds the pairs of the last batches by their ids. If several name the same records, finds the latest. */
export interface PairIndex {
  /** The batches in the index, the oldest first. */
  readonly batches: readonly Settling[];
  find(from: string, to: string): PairAt | undefined;
  /** Adds a pair of the latest batch or of a new one. */
  add(pair: PairAt): void;
  /** Forgets the pairs of this many of the oldest batches. */
  forget(batches: number): void;
}

/** More than the places of any batch. */
const placesInBatch = 2_048;

/**
 * A hash table of positions, with open addressing. A Map would take more memory, and more time, since it
 * forgets pairs one by one. Here the slots of forgotten pairs stay taken until the table is half full; then
 * the other pairs move into a new table.
 */
export function createPairIndex(): PairIndex {
  const hash = createPairHash();
  let batches: Settling[] = [];
  /** How many batches have been forgotten since the table was made. */
  let forgotten = 0;
  let taken = 0;
  // For each slot, the position of a pair (batch and place, counted from 1; 0 is a free slot) and its hash.
  let positions = new Int32Array(16_384);
  let hashes = new Int32Array(positions.length);

  const batchOf = (position: number): Settling | undefined =>
    batches[Math.floor((position - 1) / placesInBatch) - forgotten];
  const names = (position: number, from: string, to: string): boolean => {
    const pairs = batchOf(position)?.pairs;
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
  /** All pairs in the table are different, so they need not be compared. */
  const rebuild = (): void => {
    const [oldPositions, oldHashes] = [positions, hashes];
    const offset = forgotten * placesInBatch;
    const remembered = oldPositions.reduce((count, position) => (position > offset ? count + 1 : count), 0);
    // At most an eighth full, so that rebuilding is rare.
    const slots = 2 ** Math.ceil(Math.log2(8 * Math.max(remembered, 2_048)));
    [positions, hashes] = [new Int32Array(slots), new Int32Array(slots)];
    const mask = slots - 1;
    for (let old = 0; old < oldPositions.length; old += 1) {
      const position = (oldPositions[old] ?? 0) - offset;
      if (position <= 0) continue;
      const bits = oldHashes[old] ?? 0;
      let slot = bits & mask;
      while (positions[slot] !== 0) slot = (slot + 1) & mask;
      positions[slot] = position;
      hashes[slot] = bits;
    }
    taken = remembered;
    forgotten = 0;
  };

  return {
    get batches() {
      return batches;
    },
    find: (from, to) => {
      const position = positions[slotOf(from, to, hash.of(from, to) | 0)] ?? 0;
      const batch = position === 0 ? undefined : batchOf(position);
      return batch === undefined ? undefined : { batch, place: (position - 1) % placesInBatch };
    },
    add: ({ batch, place }) => {
      if (batches.at(-1) !== batch) batches.push(batch);
      // At most half full, so that a free slot is always near.
      if (2 * taken >= positions.length) rebuild();
      const { from, to } = batch.pairs;
      const [fromId = '', toId = ''] = [from[place], to[place]];
      const bits = hash.of(fromId, toId) | 0;
      const slot = slotOf(fromId, toId, bits);
      if (positions[slot] === 0) taken += 1;
      positions[slot] = (forgotten + batches.length - 1) * placesInBatch + place + 1;
      hashes[slot] = bits;
    },
    forget: (count) => {
      batches = batches.slice(count);
      forgotten += count;
    },
  };
}
