import { ConfigurationError, messageOf } from './errors.js';
import { createRedact } from './redact.js';

/**
 * Provides an access token. It is called once, and its token is kept until the API refuses it. Then it is
 * called again, with the refused token as `rejected`, once for all waiting calls.
 */
export type AccessTokenProvider = (context: { rejected?: string }) => string | Promise<string>;

/** The token of a client. */
export interface AccessToken {
  /** Settles with the token as soon as there is one. */
  get(): Promise<string>;
  /** The current token, unless the API has refused it. */
  readonly held: string | undefined;
  /** Whether the API has refused a newly renewed token, and no call has asked for another since. */
  readonly isRefused: boolean;
  /** Notes that the API accepted a request with this token. */
  accept(token: string): void;
  /**
   * Notes that the API refused this token. The next `get` asks the provider for another.
   *
   * @returns Whether asking may help. It does not for a token that never changes, nor for a new token
   *   that has never been accepted. A 401 does not prove that the token has expired
   *   (https://developers.hubspot.com/docs/developer-tooling/platform/usage-guidelines).
   */
  reject(token: string): boolean;
}

export function createAccessToken(source: string | AccessTokenProvider): AccessToken {
  if (typeof source === 'string') {
    const token = checkedToken(source);
    return {
      get: () => Promise.resolve(token),
      held: token,
      isRefused: false,
      accept: () => undefined,
      reject: () => false,
    };
  }

  let pendingToken: Promise<string> | undefined;
  let held: string | undefined;
  let accepted = false;
  let rejected: string | undefined;
  let permanentlyRejected: string | undefined;
  let recentTokens: readonly string[] = [];
  const requestToken = async (): Promise<string> => {
    let given: unknown;
    try {
      given = await source(rejected === undefined ? {} : { rejected });
    } catch (error) {
      throw providerError(error, recentTokens);
    }
    held = checkedToken(given);
    recentTokens = [held, ...recentTokens].slice(0, 2);
    accepted = false;
    return held;
  };
  return {
    get: () => {
      pendingToken ??= requestToken().catch((error: unknown) => {
        pendingToken = undefined;
        throw error;
      });
      return pendingToken;
    },
    get held() {
      return held;
    },
    get isRefused() {
      return permanentlyRejected !== undefined && permanentlyRejected === rejected && pendingToken === undefined;
    },
    accept: (token) => {
      if (token === held) accepted = true;
    },
    reject: (token) => {
      // A late refusal of an older token says nothing about the one that replaced it.
      if (token !== held) return token !== permanentlyRejected;
      if (rejected !== undefined && !accepted) permanentlyRejected = token;
      rejected = token;
      held = undefined;
      pendingToken = undefined;
      return token !== permanentlyRejected;
    },
  };
}

/** Checked here, because `Headers` quotes a value with a forbidden character in its error. */
export function checkedToken(token: unknown): string {
  if (typeof token === 'string' && /^[\x21-\x7e]+$/.test(token)) return token;
  const reason =
    typeof token !== 'string' ? `is ${typeof token}` : token === '' ? 'is empty' : 'has a forbidden character';
  throw new ConfigurationError(
    'accessToken',
    `the token ${reason}. Give a private app's token or an OAuth access token: visible ASCII characters, no spaces.`,
  );
}

/** Patterns of credentials: private app tokens, credentials of a header, long opaque words. */
const credentials = [
  /\bpat-[\w-]{8,}/g,
  /\b(?:Bearer|Basic) +[^\s"',;:]+/gi,
  /(?<![\w./])(?=[\w~+=-]*\d)[\w~+=-]{24,}(?![\w./])/g,
  /(?=\S*[A-Z])(?=\S*[a-z])(?=\S*\d)[\w./~+=-]{32,}/g,
];

/**
 * A provider's error may quote the token that it failed to renew, or one that it never returned. So the
 * error itself is dropped, and its text is repeated without anything that looks like a credential.
 */
function providerError(error: unknown, recentTokens: readonly string[]): ConfigurationError {
  const withoutKnown = recentTokens.reduce((text, token) => createRedact(token)(text), messageOf(error));
  const text = credentials.reduce((rest, pattern) => rest.replace(pattern, '[access token]'), withoutKnown);
  const message = `its provider failed: ${text}`;
  return new ConfigurationError('accessToken', message, { cause: new Error(text) });
}
