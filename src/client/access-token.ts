import { ConfigurationError, messageOf } from './errors.js';

/**
 * Gives an access token. It is asked once and its answer kept, until the API refuses that token:
 * then it is asked again, with the refused one as `rejected`, once for all calls that wait.
 */
export type AccessTokenProvider = (context: { rejected?: string }) => string | Promise<string>;

/** The token of a client. */
export interface AccessToken {
  get(): Promise<string>;
  /** The API refused this token. The next `get` asks the provider for another. */
  reject(token: string): void;
}

export function createAccessToken(source: string | AccessTokenProvider): AccessToken {
  if (typeof source === 'string') {
    const token = Promise.resolve(checked(source));
    return { get: () => token, reject: () => undefined };
  }

  let held: Promise<string> | undefined;
  let value: string | undefined;
  let rejected: string | undefined;
  const ask = async (): Promise<string> => {
    let given: unknown;
    try {
      given = await source(rejected === undefined ? {} : { rejected });
    } catch (cause) {
      throw new ConfigurationError('accessToken', `its provider failed: ${messageOf(cause)}`, { cause });
    }
    value = checked(given);
    return value;
  };
  return {
    get: () => {
      held ??= ask().catch((error: unknown) => {
        held = undefined;
        throw error;
      });
      return held;
    },
    reject: (token) => {
      // A late refusal of an older token says nothing about the one that replaced it.
      if (token !== value) return;
      rejected = token;
      held = undefined;
    },
  };
}

/** The check happens here, since a header with a forbidden character fails with an error that quotes it. */
export function checked(token: unknown): string {
  if (typeof token === 'string' && /^[\x21-\x7e]+$/.test(token)) return token;
  const reason =
    typeof token !== 'string' ? `is ${typeof token}` : token === '' ? 'is empty' : 'has a forbidden character';
  throw new ConfigurationError(
    'accessToken',
    `the token ${reason}. Give a private app's token or an OAuth access token: visible ASCII characters, no spaces.`,
  );
}
