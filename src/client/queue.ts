/** First in, first out, and readable in between. Every step costs O(1) on average. */
export interface Queue<T> {
  readonly length: number;
  /** The value at this place, counted from the oldest, which is 0. */
  at(index: number): T | undefined;
  push(value: T): void;
  shift(): T | undefined;
}

/** What was taken is let go in portions of at least so many, so that none is moved often. */
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
