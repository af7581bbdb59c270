import type { InputError } from '../client/errors.js';
import type { Verdicts } from './outcome.js';
import { createDeferred, type Deferred } from './deferred.js';
import { withTypes, type WrittenInput } from './written-input.js';

/** The pairs of one request: what they are, and the request body that holds them in this order. */
export interface RequestPairs {
  readonly from: readonly string[];
  readonly to: readonly string[];
  readonly body: string;
}

/** Items that get their outcomes together: what `T` is only its source knows. */
export interface Batch<T> {
  /** Batches are counted from 1, in the order in which they were formed. */
  readonly number: number;
  readonly pairs: RequestPairs;
  readonly items: readonly T[];
  /** For each item the place of its pair among `pairs`; none for an item that is not sent with this batch. */
  readonly places: readonly (number | undefined)[];
  /** Items that were refused here, by their place among `items`. */
  readonly refused: ReadonlyMap<number, InputError>;
  /** Items whose pair has been sent with an earlier batch, by their place among `items`. */
  readonly repeated: ReadonlyMap<number, PairAt>;
  /** Batches that have to be settled before this one is sent: they hold a pair of it with fewer types. */
  readonly after: readonly Settling[];
  /** What became of the pairs, once that is known. */
  readonly settled: Deferred<Verdicts>;
}

/** A pair of a batch. */
export interface PairAt {
  readonly batch: Settling;
  readonly place: number;
}

/** A batch whose pairs get their verdicts. */
export interface Settling {
  readonly number: number;
  readonly settled: Deferred<Verdicts>;
}

/** Collects items into batches. */
export interface Batcher<T> {
  /** How many items came in. */
  readonly items: number;
  /** The number of the batch that is being formed. */
  readonly forming: Settling;
  /** Takes a pair in, with the item that names it; `after` is a batch that has to be settled before. Says where it is. */
  add(written: WrittenInput, item: T, after?: Settling): PairAt;
  /** Takes in an item whose pair is in a batch already, of this run. */
  repeat(item: T, pair: PairAt): void;
  /** Takes in an item that is not to be sent. */
  refuse(item: T, error: InputError): void;
  /** Gives a pair of the batch that is being formed further types, as JSON. */
  widen(place: number, types: string): void;
  /** Completes the batch that is being formed. */
  flush(): void;
  /** The next complete batch. Until it is taken, it stays here. */
  take(): Batch<T> | undefined;
  /** Whether a batch is complete. */
  readonly isReady: boolean;
}

/**
 * A batch is complete at `size` pairs to send. It is also complete at `size` items that are not
 * sent, so that a source of nothing else takes no more memory than any other.
 */
export function createBatcher<T>(size: number): Batcher<T> {
  const complete: Batch<T>[] = [];
  let items = 0;
  let forming = begin<T>(1);

  const flush = (): void => {
    if (forming.items.length === 0) return;
    const { from, to, texts, ...batch } = forming;
    complete.push({ ...batch, pairs: { from, to, body: `{"inputs":[${texts.join(',')}]}` } });
    forming = begin<T>(batch.number + 1);
  };
  const place = (item: T, at: number | undefined): void => {
    items += 1;
    forming.items.push(item);
    forming.places.push(at);
  };
  const flushIfFull = (): void => {
    const sent = forming.texts.length;
    if (sent >= size || forming.items.length - sent >= size) flush();
  };
  return {
    get items() {
      return items;
    },
    get forming() {
      return forming;
    },
    get isReady() {
      return complete.length > 0;
    },
    add: (written, item, after) => {
      const at = { batch: forming, place: forming.texts.length };
      forming.from.push(written.from);
      forming.to.push(written.to);
      forming.texts.push(written.text);
      if (after !== undefined) forming.after.push(after);
      place(item, at.place);
      flushIfFull();
      return at;
    },
    repeat: (item, pair) => {
      const isHere = pair.batch.number === forming.number;
      if (!isHere) forming.repeated.set(forming.items.length, pair);
      place(item, isHere ? pair.place : undefined);
      flushIfFull();
    },
    refuse: (item, error) => {
      forming.refused.set(forming.items.length, error);
      place(item, undefined);
      flushIfFull();
    },
    widen: (at, types) => {
      const [from = '', to = '', text = '{}'] = [forming.from[at], forming.to[at], forming.texts[at]];
      forming.texts[at] = withTypes({ from, to, types, text }, types).text;
    },
    flush,
    take: () => complete.shift(),
  };
}

interface Forming<T> extends Settling {
  readonly from: string[];
  readonly to: string[];
  readonly texts: string[];
  readonly items: T[];
  readonly places: (number | undefined)[];
  readonly refused: Map<number, InputError>;
  readonly repeated: Map<number, PairAt>;
  readonly after: Settling[];
}

function begin<T>(number: number): Forming<T> {
  return {
    number,
    from: [],
    to: [],
    texts: [],
    items: [],
    places: [],
    refused: new Map(),
    repeated: new Map(),
    after: [],
    settled: createDeferred<Verdicts>(),
  };
}

/** Some of the pairs, for a request of their own. */
export function somePairs({ from, to, body }: RequestPairs, places: readonly number[]): RequestPairs {
  const value: unknown = JSON.parse(body);
  const inputs: unknown[] = isBody(value) ? value.inputs : [];
  return {
    from: places.map((place) => from[place] ?? ''),
    to: places.map((place) => to[place] ?? ''),
    body: JSON.stringify({ inputs: places.map((place) => inputs[place]) }),
  };
}

function isBody(value: unknown): value is { inputs: unknown[] } {
  return typeof value === 'object' && value !== null && 'inputs' in value && Array.isArray(value.inputs);
}
