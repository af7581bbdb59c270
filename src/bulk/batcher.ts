import type { InputError } from '../client/errors.js';
import { createDeferred, type Deferred } from './deferred.js';
import type { Verdicts } from './outcome.js';
import type { RequestPairs } from './request-body.js';
import { withTypes, type WrittenInput } from './written-input.js';

/** Items that get their outcomes together. Only their source knows what they are. */
export interface Batch<T> extends Settling {
  readonly items: readonly T[];
  /** The number of items in earlier batches. */
  readonly itemsBefore: number;
  /**
   * For each item, the place of its pair in `pairs`, or `undefined` if it is not sent with this batch. The
   * whole list is `undefined` if every item has its own pair, at the same place.
   */
  readonly places: readonly (number | undefined)[] | undefined;
  /** Items that were refused before sending, by their place in `items`. */
  readonly refused: ReadonlyMap<number, InputError>;
  /** Items whose pair belongs to an earlier batch, by their place in `items`. */
  readonly repeated: ReadonlyMap<number, PairAt>;
  /** Batches that must be settled before this one is sent, because they hold one of its pairs with fewer types. */
  readonly after: readonly Settling[];
}

/** A pair of a batch. */
export interface PairAt {
  readonly batch: Settling;
  readonly place: number;
}

/** Pairs that are sent together. */
export interface Settling {
  /** Batches are counted from 1, in the order in which they were formed. */
  readonly number: number;
  readonly pairs: RequestPairs;
  /** The outcomes of the pairs, once they are known. */
  readonly settled: Deferred<Verdicts>;
}

/** Collects items into batches. */
export interface Batcher<T> {
  /** The number of items so far. */
  readonly items: number;
  /** The number of the batch that is being formed. */
  readonly forming: Settling;
  /**
   * Adds a pair and the item that names it. `after` is a batch that must be settled first. Returns where
   * the pair is.
   */
  add(written: WrittenInput, item: T, after?: Settling): PairAt;
  /** Adds an item whose pair is already in a batch of this run. */
  repeat(item: T, pair: PairAt): void;
  /** Adds an item that is not to be sent. */
  refuse(item: T, error: InputError): void;
  /** Replaces the types of a pair in the batch that is being formed. The types are JSON. */
  replaceTypes(place: number, types: string): void;
  /** Completes the batch that is being formed. */
  flush(): void;
  /** Removes and returns the next complete batch. */
  take(): Batch<T> | undefined;
  /** Whether a batch is complete. */
  readonly isReady: boolean;
}

/**
 * A batch is complete at `size` pairs to send. It is also complete at `size` items that are not sent, which
 * limits the memory if a source has nothing else.
 */
export function createBatcher<T>(size: number): Batcher<T> {
  const complete: Batch<T>[] = [];
  let items = 0;
  let forming = startBatch<T>(1, items);

  const flush = (): void => {
    if (forming.items.length === 0) return;
    const { settling, ...batch } = forming;
    complete.push({ ...settling, ...batch });
    forming = startBatch<T>(settling.number + 1, items);
  };
  const addItem = (item: T, at: number | undefined): void => {
    if (forming.places === undefined && at !== forming.items.length)
      forming.places = forming.items.map((_, own) => own);
    forming.places?.push(at);
    forming.items.push(item);
    items += 1;
  };
  const flushIfFull = (): void => {
    const sent = forming.pairs.from.length;
    if (sent >= size || forming.items.length - sent >= size) flush();
  };
  return {
    get items() {
      return items;
    },
    get forming() {
      return forming.settling;
    },
    get isReady() {
      return complete.length > 0;
    },
    add: ({ from, to, types, text }, item, after) => {
      const { settling, pairs } = forming;
      const at = { batch: settling, place: pairs.from.length };
      pairs.from.push(from);
      pairs.to.push(to);
      pairs.types.push(types);
      if (text !== undefined) pairs.texts.set(at.place, text);
      if (after !== undefined) forming.after.push(after);
      addItem(item, at.place);
      flushIfFull();
      return at;
    },
    repeat: (item, pair) => {
      const isHere = pair.batch === forming.settling;
      if (!isHere) forming.repeated.set(forming.items.length, pair);
      addItem(item, isHere ? pair.place : undefined);
      flushIfFull();
    },
    refuse: (item, error) => {
      forming.refused.set(forming.items.length, error);
      addItem(item, undefined);
      flushIfFull();
    },
    replaceTypes: (at, types) => {
      const { pairs } = forming;
      pairs.types[at] = types;
      const text = withTypes(pairs.texts.get(at), types);
      if (text !== undefined) pairs.texts.set(at, text);
    },
    flush,
    take: () => complete.shift(),
  };
}

interface Forming<T> {
  readonly settling: Settling;
  readonly pairs: { from: string[]; to: string[]; types: string[]; texts: Map<number, string> };
  readonly items: T[];
  readonly itemsBefore: number;
  places: (number | undefined)[] | undefined;
  readonly refused: Map<number, InputError>;
  readonly repeated: Map<number, PairAt>;
  readonly after: Settling[];
}

function startBatch<T>(number: number, itemsBefore: number): Forming<T> {
  const pairs = { from: [], to: [], types: [], texts: new Map<number, string>() };
  return {
    settling: { number, pairs, settled: createDeferred<Verdicts>() },
    pairs,
    items: [],
    itemsBefore,
    places: undefined,
    refused: new Map(),
    repeated: new Map(),
    after: [],
  };
}
