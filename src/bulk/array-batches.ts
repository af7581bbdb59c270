import { InputError } from '../client/errors.js';
import type { AssociationInput } from '../client/validate.js';
import { sourceOf, type InputBatches } from './batch-source.js';
import { createBatcher } from './batcher.js';
import { addMerged, mergePairs, type Named } from './merge-pairs.js';
import type { IndexedInput } from './outcome.js';
import { createPairFilter, type PairFilter } from './pair-filter.js';
import type { Stop } from './stop.js';
import { createInputWriter } from './written-input.js';

/** Makes batches of an array. The whole array is known, so a repeated pair is sent last, with all its types. */
export function arrayBatches(
  inputs: readonly AssociationInput[],
  size: number,
  stop: Stop,
): InputBatches<IndexedInput> {
  const batcher = createBatcher<IndexedInput>(size);
  const repeated: Named<IndexedInput>[] = [];
  function* read(): Generator<void, void> {
    const write = createInputWriter();
    const filter = filterOf(inputs);
    let index = 0;
    for (const input of inputs) {
      const item = { index, input };
      const written = write(input);
      if (written instanceof InputError) batcher.refuse(item, written);
      else if (filter.mayRepeat(written.from, written.to)) repeated.push({ item, written });
      else batcher.add(written, item);
      index += 1;
      if (batcher.isReady) yield;
    }
  }
  function* addRepeated(): Generator<void, void> {
    for (const pair of mergePairs(repeated)) {
      addMerged(batcher, pair);
      if (batcher.isReady) yield;
    }
  }
  return {
    ...sourceOf(batcher, read(), addRepeated(), stop),
    get itemsRead() {
      return batcher.items;
    },
    inputOf: (item) => item,
  };
}

function filterOf(inputs: readonly AssociationInput[]): PairFilter {
  const filter = createPairFilter(inputs.length);
  for (const input of inputs) {
    try {
      filter.add(input.from.id, input.to.id);
    } catch {
      // The input has no ids. `write` refuses it later.
    }
  }
  filter.seal();
  return filter;
}
