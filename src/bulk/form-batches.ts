import { inputError, type AssociationInput } from '../client/validate.js';
import type { IndexedInput, Invalid } from './outcome.js';
import type { Stop } from './stop.js';

/** Inputs that go out in one request, and those among them that were refused here. */
export interface Batch {
  /** Batches are counted from 1. */
  readonly number: number;
  readonly inputs: readonly IndexedInput[];
  readonly invalid: readonly Invalid[];
}

/** Collects inputs into batches. */
export interface BatchFormer {
  /** How many inputs came in. */
  readonly inputs: number;
  /** Takes an input in; says whether it completes a batch. */
  add(input: AssociationInput): boolean;
  /** Makes a batch of the inputs that wait for more. */
  flush(): void;
  /** The next batch that is complete. Until it is taken, it stays here. */
  take(): Batch | undefined;
}

/**
 * A batch is complete at `size` inputs to send. It is also complete at `size` invalid ones, so that
 * a file of nothing else takes no more memory than any other.
 */
export function createBatchFormer(size: number): BatchFormer {
  const complete: Batch[] = [];
  let index = 0;
  let number = 0;
  let inputs: IndexedInput[] = [];
  let invalid: Invalid[] = [];

  const flush = (): void => {
    if (inputs.length + invalid.length === 0) return;
    number += 1;
    complete.push({ number, inputs, invalid });
    inputs = [];
    invalid = [];
  };
  return {
    get inputs() {
      return index;
    },
    add: (input) => {
      const error = inputError(input);
      if (error === undefined) inputs.push({ index, input });
      else invalid.push({ kind: 'invalid', index, input, error });
      index += 1;
      if (inputs.length < size && invalid.length < size) return false;
      flush();
      return true;
    },
    flush,
    take: () => complete.shift(),
  };
}

/**
 * Feeds the former, yielding whenever it has a batch to take, until the inputs end or the run
 * stops. A source that fails stops the run. What makes no whole batch stays with the former.
 */
export async function* feed(
  former: BatchFormer,
  source: Iterable<AssociationInput> | AsyncIterable<AssociationInput>,
  stop: Stop,
): AsyncGenerator<void, void> {
  try {
    for await (const input of source) {
      if (stop.error !== undefined) return;
      if (former.add(input)) yield;
    }
  } catch (error) {
    stop.stop('source', error);
  }
}
