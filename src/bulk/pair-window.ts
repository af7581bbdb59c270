import type { Batcher, Settling } from './batcher.js';
import { createPairIndex } from './pair-index.js';
import { unionOfTypes, withTypes, type WrittenInput } from './written-input.js';

/** The pairs of a source that can be read only once, as far as they are remembered. */
export interface PairWindow<T> {
  /** Takes an input into the batch that is being formed, or ties it to the pair that names the same records. */
  add(item: T, written: WrittenInput): void;
}

/** How many pairs are remembered at least, besides those that have no outcome yet. */
const rememberedPairs = 20_000;

/**
 * HubSpot replaces the types of a pair that is associated again
 * (https://developers.hubspot.com/docs/api-reference/legacy/crm/associations/associate-records/guide).
 * So as long as a pair is remembered, an input that repeats it is not resent; and one with
 * further types goes into the same batch, or waits for that batch and goes out with all types so
 * far. A pair is remembered until it has its outcome and 20,000 others have come since.
 */
export function createPairWindow<T>(batcher: Batcher<T>): PairWindow<T> {
  const known = createPairIndex();
  let pairs = 0;
  let forgetAt = 2 * rememberedPairs;

  /** Many at once: that costs as much as to forget one. */
  const forget = (): void => {
    let oldest = 0;
    for (const {
      pairs: { from },
      settled,
    } of known.batches) {
      // prettier-ignore
      if (settled.value === undefined || pairs - from.length < rememberedPairs) break;
      pairs -= from.length;
      oldest += 1;
    }
    known.forget(oldest);
    forgetAt = pairs + rememberedPairs;
  };
  const send = (item: T, written: WrittenInput, after?: Settling): void => {
    known.add(batcher.add(written, item, after));
    pairs += 1;
    if (pairs >= forgetAt) forget();
  };

  return {
    add: (item, written) => {
      const before = known.find(written.from, written.to);
      if (before === undefined) {
        send(item, written);
        return;
      }
      const { batch, place } = before;
      const types = unionOfTypes(batch.pairs.types[place] ?? '[]', written.types);
      if (types === batch.pairs.types[place]) batcher.repeat(item, before);
      else if (batch === batcher.forming) {
        batcher.widen(place, types);
        batcher.repeat(item, before);
      } else send(item, { ...written, types, text: withTypes(written.text, types) }, batch);
    },
  };
}
