/** What is remembered of access tokens. */
export interface Memory<T> {
  get(token: string): T | undefined;
  set(token: string, value: T): void;
}

/** So that tokens that are never seen again take no memory for ever. */
const rememberedTokens = 1_000;

/** Remembers something of the tokens that were set last: of 1,000, more than use one account at once. */
export function createMemory<T>(): Memory<T> {
  const values = new Map<string, T>();
  return {
    get: (token) => values.get(token),
    set: (token, value) => {
      // A Map keeps the order in which its keys were added.
      values.delete(token);
      values.set(token, value);
      const [oldest] = values.keys();
      if (values.size > rememberedTokens && oldest !== undefined) values.delete(oldest);
    },
  };
}
