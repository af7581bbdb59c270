import type { Batcher, Settling } from './batcher.js';
import { createPairIndex } from './pair-index.js';
import { unionOfTypes, withTypes, type WrittenInput } from './written-input.js';

/** Remembers the latest pairs of a source that can be read only once. */
export interface PairWindow<T> {
  /** Adds an input to the batch that is being formed, or to the remembered pair that names the same records. */
  add(item: T, written: WrittenInput): void;
}

/** The minimum number of remembered pairs, besides those without an outcome. */
const rememberedPairs = 20_000;

/**
 * HubSpot replaces the types of a pair that is associated again
 * (https://developers.hubspot.com/docs/api-reference/legacy/crm/associations/associate-records/guide). So
 * while a pair is remembered, an input that repeats it is not sent again. One with further types is merged
 * into the same batch, or waits for that batch and is then sent with all types so far. A pair is remembered
 * until it has its outcome and 20,000 others have followed.
 */
export function createPairWindow<T>(batcher: Batcher<T>): PairWindow<T> {
  const known = createPairIndex();
  let pairs = 0;
  let forgetAt = 2 * rememberedPairs;

  /** Forgets many at a time, which costs no more than forgetting one. */
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
        batcher.replaceTypes(place, types);
        batcher.repeat(item, before);
      } else send(item, { ...written, types, text: withTypes(written.text, types) }, batch);
    },
  };
}
