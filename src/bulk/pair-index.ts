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
 * A hash table of where pairs are, with open addressing. A Map would take five times as long, since
 * it has to be told of each pair that it is to forget, and several times the memory.
 */
export function createPairIndex(): PairIndex {
  const hash = createPairHash();
  let batches: Settling[] = [];
  let size = 0;
  // For each slot the batch and the place of a pair, counted from 1 so that 0 is a free slot, and its hash.
  let positions = new Int32Array(4_096);
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
  const put = (batch: number, { pairs: { from, to } }: Settling, place: number): void => {
    const [fromId = '', toId = ''] = [from[place], to[place]];
    const bits = hash.of(fromId, toId) | 0;
    const slot = slotOf(fromId, toId, bits);
    positions[slot] = batch * placesInBatch + place + 1;
    hashes[slot] = bits;
  };
  const rebuild = (): void => {
    size = batches.reduce((sum, { pairs }) => sum + pairs.from.length, 0);
    // At most half full, so that a free slot is never far.
    const slots = 2 ** Math.ceil(Math.log2(2 * size + 4_096));
    if (slots === positions.length) positions.fill(0);
    else [positions, hashes] = [new Int32Array(slots), new Int32Array(slots)];
    for (const [index, batch] of batches.entries()) {
      for (let place = 0; place < batch.pairs.from.length; place += 1) put(index, batch, place);
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
      size += 1;
      if (2 * size > positions.length) rebuild();
      else put(batches.length - 1, batch, place);
    },
    forget: (count) => {
      batches = batches.slice(count);
      rebuild();
    },
  };
}
