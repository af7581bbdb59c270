/** Hands values from many writers to one reader, who sets the pace. */
export interface Channel<T> {
  /** Settles when the reader has taken the value, or at once when there is no reader any more. */
  push(value: T): Promise<void>;
  /** No value comes after those that wait. */
  close(): void;
  /** The reader goes: waiting values and those to come are dropped. */
  abandon(): void;
  next(): Promise<IteratorResult<T, undefined>>;
}

export function createChannel<T>(): Channel<T> {
  const waiting: { value: T; taken: () => void }[] = [];
  const readers: ((result: IteratorResult<T, undefined>) => void)[] = [];
  let closed = false;
  let abandoned = false;
  const end = (): void => {
    for (const reader of readers.splice(0)) reader({ done: true, value: undefined });
  };

  return {
    push: (value) => {
      if (abandoned) return Promise.resolve();
      const reader = readers.shift();
      if (reader !== undefined) {
        reader({ done: false, value });
        return Promise.resolve();
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
      for (const { taken } of waiting.splice(0)) taken();
      end();
    },
    next: () => {
      const first = waiting.shift();
      if (first !== undefined) {
        first.taken();
        return Promise.resolve({ done: false, value: first.value });
      }
      if (closed || abandoned) return Promise.resolve({ done: true, value: undefined });
      return new Promise((resolve) => {
        readers.push(resolve);
      });
    },
  };
}
