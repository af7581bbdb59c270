import type { Batcher, PairAt, Settling } from './batcher.js';
import { createPairIndex, type IndexedPair } from './pair-index.js';
import { unionOfTypes, withTypes, type WrittenInput } from './written-input.js';

/** The pairs of a source that can be read only once, as far as they are remembered. */
export interface PairWindow<T> {
  /** Takes an input into the batch that is being formed, or ties it to the pair that names the same records. */
  add(item: T, written: WrittenInput): void;
}

/** How many pairs are remembered at least, besides those that have no outcome yet. */
const rememberedPairs = 20_000;

/** A pair that has been taken in. */
interface KnownPair extends PairAt, IndexedPair {
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
  const known = createPairIndex<KnownPair>();
  let forgetAt = 2 * rememberedPairs;

  /** Many at once: that costs as much as to forget one. */
  const forget = (): void => {
    const { pairs } = known;
    const most = pairs.length - rememberedPairs;
    const firstKept = pairs.findIndex(({ batch }, at) => at >= most || batch.settled.value === undefined);
    known.forget(firstKept);
    forgetAt = known.pairs.length + rememberedPairs;
  };
  const send = (item: T, written: WrittenInput, after?: Settling): void => {
    const { from, to, types } = written;
    const { batch, place } = batcher.add(written, item, after);
    known.add({ batch, place, from, to, types });
    if (known.pairs.length >= forgetAt) forget();
  };

  return {
    add: (item, written) => {
      const before = known.find(written.from, written.to);
      if (before === undefined) {
        send(item, written);
        return;
      }
      const types = unionOfTypes(before.types, written.types);
      if (types === before.types) batcher.repeat(item, before);
      else if (before.batch.number === batcher.forming.number) {
        batcher.widen(before.place, types);
        before.types = types;
        batcher.repeat(item, before);
      } else send(item, withTypes(written, types), before.batch);
    },
  };
}
