/** A promise that is resolved from outside. */
export interface Deferred<T> {
  readonly promise: Promise<T>;
  /** The value, once it is resolved. */
  readonly value: T | undefined;
  resolve(value: T): void;
}

export function createDeferred<T>(): Deferred<T> {
  let resolvePromise: (value: T) => void = () => undefined;
  let value: T | undefined;
  return {
    promise: new Promise<T>((resolve) => {
      resolvePromise = resolve;
    }),
    get value() {
      return value;
    },
    resolve: (given) => {
      value = given;
      resolvePromise(given);
    },
  };
}
