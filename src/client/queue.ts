/** A first-in, first-out queue whose values can be read by index. Every operation costs O(1) on average. */
export interface Queue<T> {
  readonly length: number;
  /** The value at this index; the oldest has index 0. */
  at(index: number): T | undefined;
  push(value: T): void;
  shift(): T | undefined;
}

/** Taken values are released in chunks of at least this many, so that no value is moved often. */
const portion = 1_024;

export function createQueue<T>(): Queue<T> {
  let values: T[] = [];
  let taken = 0;
  return {
    get length() {
      return values.length - taken;
    },
    at: (index) => (index < 0 ? undefined : values[taken + index]),
    push: (value) => {
      values.push(value);
    },
    shift: () => {
      if (taken === values.length) return undefined;
      const value = values[taken];
      taken += 1;
      if (taken >= portion && 2 * taken >= values.length) {
        values = values.slice(taken);
        taken = 0;
      }
      return value;
    },
  };
}
