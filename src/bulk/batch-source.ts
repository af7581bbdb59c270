import type { AssociationInput } from '../client/validate.js';
import type { Batch, Batcher } from './batcher.js';
import type { IndexedInput } from './outcome.js';
import type { Stop } from './stop.js';

/** Provides the batches of a run. */
export interface BatchSource<T> {
  /** Reads until there is a batch to take, or nothing more to read. */
  fill(): Promise<void> | void;
  take(): Batch<T> | undefined;
  /** After a stop: the batches of everything that still needs an outcome. */
  rest(): Iterable<Batch<T>> | AsyncIterable<Batch<T>>;
}

/** The inputs of a run, read on demand. */
export type Inputs = Iterable<AssociationInput> | AsyncIterable<AssociationInput>;

/** The batches of inputs. */
export interface InputBatches<T> extends BatchSource<T> {
  /** The number of inputs read. */
  readonly itemsRead: number;
  /** The input that an item stands for, given the item's number among all items. */
  readonly inputOf: (item: T, number: number) => IndexedInput;
}

/** Adds items to the batcher, and yields whenever a batch is complete. */
export type Reading = Generator<void, void> | AsyncGenerator<void, void>;

/**
 * Makes a source of the batches that `reading` forms.
 *
 * @param reading - Adds the items. If it fails, the run stops; inputs read before that still get their
 *   outcome.
 * @param ending - Adds the last items, when there is nothing more to read or the run has stopped.
 */
export function sourceOf<T>(
  batcher: Batcher<T>,
  reading: Reading,
  ending: Generator<void, void>,
  stop: Stop,
): BatchSource<T> {
  const failed = (error: unknown): void => {
    stop.stop('source', error);
  };
  const endIfDone = ({ done }: IteratorResult<void, void>): void => {
    if (done === true && ending.next().done === true) batcher.flush();
  };
  return {
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
      // Close the source without waiting, since it may hang. Its failure no longer matters.
      new Promise((resolve) => {
        resolve(reading.return());
      }).catch(() => undefined);
      for (let ended = false; !ended;) {
        ended = ending.next().done === true;
        if (ended) batcher.flush();
        for (let batch = batcher.take(); batch !== undefined; batch = batcher.take()) yield batch;
      }
    },
  };
}
