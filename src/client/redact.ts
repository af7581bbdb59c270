import { isJsonObject } from './json.js';

/** A shorter text is no access token, and stands by chance in too many others. */
const shortestToken = 8;

/**
 * Takes a token out of a value that is to go into an error: a server may repeat it in its reply.
 * Replies that are accepted are left as they are.
 */
export function redact<T>(value: T, token: string): T;
export function redact(value: unknown, token: string): unknown {
  if (token.length < shortestToken) return value;
  if (typeof value === 'string') return value.replaceAll(token, '[access token]');
  if (Array.isArray(value)) return value.map((item) => redact<unknown>(item, token));
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [redact(key, token), redact(item, token)]));
}
