/** Hands values from many writers to one reader, which sets the pace. */
export interface Channel<T> {
  /** Settles when the reader has taken the value, or immediately if the reader has stopped reading. */
  push(value: T): Promise<Delivery>;
  /** Ends the channel after the values that are waiting. */
  close(): void;
  /** The reader stops reading. Waiting and future values are dropped. */
  abandon(): void;
  next(): Promise<IteratorResult<T, undefined>>;
}

/** A value that the reader has taken. */
interface Delivery {
  /** Settles when the reader asks for the next value. */
  readonly done: Promise<void>;
}

export function createChannel<T>(): Channel<T> {
  const waiting: { value: T; taken: (delivery: Delivery) => void }[] = [];
  const readers: ((result: IteratorResult<T, undefined>) => void)[] = [];
  let closed = false;
  let abandoned = false;
  let doneWithLast: () => void = () => undefined;
  const deliver = (): Delivery => ({
    done: new Promise((resolve) => {
      doneWithLast = resolve;
    }),
  });
  const end = (): void => {
    for (const reader of readers.splice(0)) reader({ done: true, value: undefined });
  };

  return {
    push: (value) => {
      if (abandoned) return Promise.resolve({ done: Promise.resolve() });
      const reader = readers.shift();
      if (reader !== undefined) {
        reader({ done: false, value });
        return Promise.resolve(deliver());
      }
      return new Promise((taken) => {
        waiting.push({ value, taken });
      });
    },
    close: () => {
      closed = true;
      end();
    },
    abandon: () => {
      abandoned = true;
      doneWithLast();
      for (const { taken } of waiting.splice(0)) taken({ done: Promise.resolve() });
      end();
    },
    next: () => {
      doneWithLast();
      const first = waiting.shift();
      if (first !== undefined) {
        first.taken(deliver());
        return Promise.resolve({ done: false, value: first.value });
      }
      if (closed || abandoned) return Promise.resolve({ done: true, value: undefined });
      return new Promise((resolve) => {
        readers.push(resolve);
      });
    },
  };
}
