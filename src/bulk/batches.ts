import { InputError } from '../client/errors.js';
import type { AssociationInput } from '../client/validate.js';
import { createBatcher, type Batch, type Batcher } from './batcher.js';
import { addMerged, mergePairs, type Named } from './merge-pairs.js';
import type { IndexedInput } from './outcome.js';
import { createPairFilter, type PairFilter } from './pair-filter.js';
import { createPairWindow } from './pair-window.js';
import type { Stop } from './stop.js';
import { createInputWriter } from './written-input.js';

/** Where the batches of a run come from. */
export interface BatchSource<T> {
  /** Reads on until there is a batch to take, or nothing more to read. */
  fill(): Promise<void> | void;
  take(): Batch<T> | undefined;
  /** The run has stopped: the batches of whatever needs an outcome all the same. */
  rest(): Iterable<Batch<T>> | AsyncIterable<Batch<T>>;
}

/** The inputs of a run, read as they are needed. */
export type Inputs = Iterable<AssociationInput> | AsyncIterable<AssociationInput>;

/** The batches of any inputs. What comes synchronously is read in a plain loop. */
export function batchesOf(
  inputs: Inputs,
  size: number,
  stop: Stop,
): BatchSource<IndexedInput> & { readonly itemsRead: number } {
  const batcher = createBatcher<IndexedInput>(size);
  const repeated: Named<IndexedInput>[] = [];
  const reading = Array.isArray(inputs)
    ? readArray(inputs, batcher, repeated)
    : Symbol.asyncIterator in inputs
      ? readAsync(inputs, batcher, stop)
      : readSync(inputs, batcher);
  const ending = addRepeated(repeated, batcher);

  const failed = (error: unknown): void => {
    stop.stop('source', error);
  };
  const endIfDone = ({ done }: IteratorResult<void, void>): void => {
    if (done === true) ending.next();
  };
  return {
    get itemsRead() {
      return batcher.items;
    },
    fill: () => {
      if (batcher.isReady) return undefined;
      try {
        const step = reading.next();
        if (step instanceof Promise) return step.then(endIfDone).catch(failed);
        endIfDone(step);
      } catch (error) {
        failed(error);
      }
      return undefined;
    },
    take: () => batcher.take(),
    *rest() {
      // A source that hangs would never answer: it is told to close, and not waited for.
      Promise.resolve(reading.return()).catch(() => undefined);
      for (let step = ending.next(); ; step = ending.next()) {
        for (let batch = batcher.take(); batch !== undefined; batch = batcher.take()) yield batch;
        if (step.done === true) return;
      }
    },
  };
}

/** Of an array the whole is known: a pair that is named more than once goes out last, with all its types. */
function* readArray(
  inputs: readonly AssociationInput[],
  batcher: Batcher<IndexedInput>,
  repeated: Named<IndexedInput>[],
): Generator<void, void> {
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

function filterOf(inputs: readonly AssociationInput[]): PairFilter {
  const filter = createPairFilter(inputs.length);
  for (const input of inputs) {
    try {
      filter.add(input.from.id, input.to.id);
    } catch {
      // It has no ids, and is refused when its turn comes.
    }
  }
  filter.seal();
  return filter;
}

function* addRepeated(repeated: readonly Named<IndexedInput>[], batcher: Batcher<IndexedInput>): Generator<void, void> {
  for (const pair of mergePairs(repeated)) {
    addMerged(batcher, pair);
    if (batcher.isReady) yield;
  }
  batcher.flush();
}

function* readSync(inputs: Iterable<AssociationInput>, batcher: Batcher<IndexedInput>): Generator<void, void> {
  const add = addOneByOne(batcher);
  for (const input of inputs) {
    add(input);
    if (batcher.isReady) yield;
  }
}

async function* readAsync(
  inputs: AsyncIterable<AssociationInput>,
  batcher: Batcher<IndexedInput>,
  stop: Stop,
): AsyncGenerator<void, void> {
  const add = addOneByOne(batcher);
  for await (const input of inputs) {
    if (stop.error !== undefined) return;
    add(input);
    if (batcher.isReady) yield;
  }
}

function addOneByOne(batcher: Batcher<IndexedInput>): (input: AssociationInput) => void {
  const write = createInputWriter();
  const window = createPairWindow(batcher);
  return (input) => {
    const item = { index: batcher.items, input };
    const written = write(input);
    if (written instanceof InputError) batcher.refuse(item, written);
    else window.add(item, written);
  };
}
