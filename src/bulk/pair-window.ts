import type { Batcher, PairAt, Settling } from './batcher.js';
import { unionOfTypes, withTypes, type WrittenInput } from './written-input.js';

/** The pairs of a source that can be read only once, as far as they are remembered. */
export interface PairWindow<T> {
  /** Takes an input into the batch that is being formed, or ties it to the pair that names the same records. */
  add(item: T, written: WrittenInput): void;
}

/** How many pairs are remembered at least, besides those that have no outcome yet. */
const rememberedPairs = 20_000;

/** A pair that has been taken in. */
interface KnownPair extends PairAt {
  readonly from: string;
  readonly to: string;
  /** All types of the inputs that named it so far, as JSON. */
  types: string;
}

/**
 * HubSpot replaces the types of a pair that is associated again
 * (https://developers.hubspot.com/docs/api-reference/legacy/crm/associations/associate-records/guide).
 * So as long as a pair is remembered, an input that repeats it is not sent again; and one with
 * further types goes into the same batch, or waits for that batch and goes out with all types so
 * far. A pair is remembered until it has its outcome and 20,000 others have come since.
 */
export function createPairWindow<T>(batcher: Batcher<T>): PairWindow<T> {
  const known = new Map<number, KnownPair>();
  let forgetAt = 2 * rememberedPairs;

  /** Many at once: to look for the oldest of a map takes long where many have been removed. */
  const forget = (): void => {
    for (const [key, { batch }] of known) {
      if (known.size <= rememberedPairs || batch.settled.value === undefined) break;
      known.delete(key);
    }
    forgetAt = known.size + rememberedPairs;
  };
  const send = (item: T, written: WrittenInput, key: number, after?: Settling): void => {
    const { from, to, types } = written;
    known.delete(key);
    known.set(key, { ...batcher.add(written, [item], after), from, to, types });
    if (known.size >= forgetAt) forget();
  };

  return {
    add: (item, written) => {
      const key = hashPair(written.from, written.to);
      const before = known.get(key);
      if (before === undefined || before.from !== written.from || before.to !== written.to) {
        send(item, written, key);
        return;
      }
      const types = unionOfTypes(before.types, written.types);
      if (types === before.types) batcher.repeat(item, before);
      else if (before.batch.number === batcher.forming.number) {
        batcher.widen(before.place, types);
        before.types = types;
        batcher.repeat(item, before);
      } else send(item, withTypes(written, types), key, before.batch);
    },
  };
}

/** 53 bits of two multiplicative hashes: equal for equal pairs, and nearly never for others. */
function hashPair(from: string, to: string): number {
  let one = 0x9e3779b9 ^ from.length;
  let two = 0x85ebca6b ^ to.length;
  for (let index = 0; index < from.length; index += 1) {
    const code = from.charCodeAt(index);
    one = Math.imul(one ^ code, 0x9e3779b1);
    two = Math.imul(two ^ code, 0x5bd1e995);
  }
  for (let index = 0; index < to.length; index += 1) {
    const code = to.charCodeAt(index);
    one = Math.imul(one ^ code, 0x5bd1e995);
    two = Math.imul(two ^ code, 0x9e3779b1);
  }
  one = Math.imul(one ^ (one >>> 16), 0x85ebca6b) ^ Math.imul(two ^ (two >>> 13), 0xc2b2ae35);
  two = Math.imul(two ^ (two >>> 16), 0x85ebca6b) ^ Math.imul(one ^ (one >>> 13), 0xc2b2ae35);
  return (two & 0x1fffff) * 2 ** 32 + (one >>> 0);
}
