import { inputError, type AssociationInput } from '../client/validate.js';
import { createBatchProgress, type BatchProgress, type Pair, type PairMemory, type Repetition } from './merge-pairs.js';
import type { Invalid } from './outcome.js';
import type { Stop } from './stop.js';

/** Inputs that get their outcomes together: the pairs of one request, and what goes with them. */
export interface Batch {
  /** Batches are counted from 1. */
  readonly number: number;
  readonly pairs: readonly Pair[];
  /** Inputs for pairs that are sent already, in this batch or in an earlier one. */
  readonly repetitions: readonly Repetition[];
  /** Inputs that were refused here. */
  readonly invalid: readonly Invalid[];
  /** Pairs of earlier batches that have to have their outcome before this one is sent. */
  readonly after: readonly Pair[];
  readonly progress: BatchProgress;
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
 * A batch is complete at `size` pairs to send. It is also complete at `size` invalid inputs or
 * repetitions, so that a file of nothing else takes no more memory than any other.
 */
export function createBatchFormer(size: number, memory: PairMemory): BatchFormer {
  const complete: Batch[] = [];
  let index = 0;
  let number = 0;
  let pairs: Pair[] = [];
  let repetitions: Repetition[] = [];
  let invalid: Invalid[] = [];
  let after: Pair[] = [];
  let progress = createBatchProgress();

  const flush = (): void => {
    if (pairs.length + repetitions.length + invalid.length === 0) return;
    number += 1;
    complete.push({ number, pairs, repetitions, invalid, after, progress });
    pairs = [];
    progress = createBatchProgress();
    repetitions = [];
    invalid = [];
    after = [];
  };
  const place = (item: { index: number; input: AssociationInput }): void => {
    const placement = memory.place(item, progress);
    if (placement.kind === 'repeat') {
      repetitions.push(placement.repetition);
      return;
    }
    pairs.push(placement.pair);
    if (placement.after !== undefined) after.push(placement.after);
  };
  return {
    get inputs() {
      return index;
    },
    add: (input) => {
      const error = inputError(input);
      if (error === undefined) place({ index, input });
      else invalid.push({ kind: 'invalid', index, input, error });
      index += 1;
      if (pairs.length < size && repetitions.length < size && invalid.length < size) return false;
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
