import { InputError } from '../client/errors.js';
import type { AssociationInput } from '../client/validate.js';
import { sourceOf, type InputBatches, type Inputs } from './batch-source.js';
import { createBatcher } from './batcher.js';
import { createPairWindow } from './pair-window.js';
import type { Stop } from './stop.js';
import { createInputWriter } from './written-input.js';

/** Makes batches of a source that can be read only once. Synchronous sources are read in a plain loop. */
export function streamBatches(inputs: Inputs, size: number, stop: Stop): InputBatches<AssociationInput> {
  const batcher = createBatcher<AssociationInput>(size);
  const write = createInputWriter();
  const window = createPairWindow(batcher);
  const add = (input: AssociationInput): void => {
    const written = write(input);
    if (written instanceof InputError) batcher.refuse(input, written);
    else window.add(input, written);
  };
  function* readSync(source: Iterable<AssociationInput>): Generator<void, void> {
    for (const input of source) {
      add(input);
      if (batcher.isReady) yield;
    }
  }
  async function* readAsync(source: AsyncIterable<AssociationInput>): AsyncGenerator<void, void> {
    for await (const input of source) {
      if (stop.error !== undefined) return;
      add(input);
      if (batcher.isReady) yield;
    }
  }
  function* nothing(): Generator<void, void> {
    // A stream keeps no inputs back for its end.
  }
  const reading = Symbol.asyncIterator in inputs ? readAsync(inputs) : readSync(inputs);
  return {
    ...sourceOf(batcher, reading, nothing(), stop),
    get itemsRead() {
      return batcher.items;
    },
    inputOf: (input, index) => ({ index, input }),
  };
}
