import type { InputError } from '../client/errors.js';
import { isJsonObject, member } from '../client/json.js';
import type { Verdicts } from './outcome.js';
import { createDeferred, type Deferred } from './deferred.js';
import type { WrittenInput } from './written-input.js';

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

/** A batch whose pairs get their verdicts. It holds nothing else, since whoever waits for them may do so for long. */
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
    const { settling, inputs, widened, ...batch } = forming;
    const body = `{"inputs":[${inputs}]}`;
    const pairs = { from: batch.from, to: batch.to, body: widened.size === 0 ? body : withWidened(body, widened) };
    complete.push({ ...settling, ...batch, pairs });
    forming = begin<T>(settling.number + 1);
  };
  const place = (item: T, at: number | undefined): void => {
    items += 1;
    forming.items.push(item);
    forming.places.push(at);
  };
  const flushIfFull = (): void => {
    const sent = forming.from.length;
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
    add: (written, item, after) => {
      const at = { batch: forming.settling, place: forming.from.length };
      forming.from.push(written.from);
      forming.to.push(written.to);
      forming.inputs += at.place === 0 ? written.text : `,${written.text}`;
      if (after !== undefined) forming.after.push(after);
      place(item, at.place);
      flushIfFull();
      return at;
    },
    repeat: (item, pair) => {
      const isHere = pair.batch.number === forming.settling.number;
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
      forming.widened.set(at, types);
    },
    flush,
    take: () => complete.shift(),
  };
}

interface Forming<T> {
  readonly settling: Settling;
  readonly from: string[];
  readonly to: string[];
  /** As JSON, with commas between them. */
  inputs: string;
  /** The types of pairs that have got further ones, as JSON. */
  readonly widened: Map<number, string>;
  readonly items: T[];
  readonly places: (number | undefined)[];
  readonly refused: Map<number, InputError>;
  readonly repeated: Map<number, PairAt>;
  readonly after: Settling[];
}

function begin<T>(number: number): Forming<T> {
  return {
    settling: { number, settled: createDeferred<Verdicts>() },
    from: [],
    to: [],
    inputs: '',
    widened: new Map(),
    items: [],
    places: [],
    refused: new Map(),
    repeated: new Map(),
    after: [],
  };
}

/** The body with other types for some of its inputs. */
function withWidened(body: string, widened: ReadonlyMap<number, string>): string {
  const inputs = inputsIn(body).map((input, place) => {
    const types = widened.get(place);
    return types === undefined || !isJsonObject(input) ? input : { ...input, types: parse(types) };
  });
  return JSON.stringify({ inputs });
}

/** Some of the pairs, for a request of their own. */
export function somePairs({ from, to, body }: RequestPairs, places: readonly number[]): RequestPairs {
  const inputs = inputsIn(body);
  return {
    from: places.map((place) => from[place] ?? ''),
    to: places.map((place) => to[place] ?? ''),
    body: JSON.stringify({ inputs: places.map((place) => inputs[place]) }),
  };
}

function inputsIn(body: string): readonly unknown[] {
  const inputs = member(JSON.parse(body), 'inputs');
  return Array.isArray(inputs) ? inputs : [];
}

function parse(text: string): unknown {
  return JSON.parse(text);
}
