/** Remembers a value for each access token. */
export interface TokenMemory<T> {
  get(token: string): T | undefined;
  set(token: string, value: T): void;
}

/** The maximum number of tokens: tokens that are never seen again must not take memory forever. */
const rememberedTokens = 1_000;

/** Remembers the values of the 1,000 most recent tokens, more than one account has in use. */
export function createTokenMemory<T>(): TokenMemory<T> {
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
