import type { ServerCount } from './rolling-window.js';

/**
 * Reads the server's count for its window from the `X-HubSpot-RateLimit-*` headers
 * (https://developers.hubspot.com/docs/developer-tooling/platform/usage-guidelines).
 *
 * @returns `undefined` if a header is missing, or is about a window of another length.
 */
export function readServerCount(headers: Headers, windowMs: number): ServerCount | undefined {
  const limit = wholeNumber(headers.get('x-hubspot-ratelimit-max'));
  const remaining = wholeNumber(headers.get('x-hubspot-ratelimit-remaining'));
  const interval = wholeNumber(headers.get('x-hubspot-ratelimit-interval-milliseconds')) ?? windowMs;
  if (limit === undefined || remaining === undefined || interval !== windowMs || remaining > limit) return undefined;
  return { limit, remaining };
}

/** A longer wait is cut to a year, because dates end in the year 275760. */
const longestRetryAfterMs = 365 * 86_400_000;

/**
 * How long `Retry-After` asks the client to wait, in milliseconds, at most a year. A date is compared with
 * the server's own clock if the reply has a `Date` header.
 */
export function readRetryAfter(headers: Headers): number | undefined {
  const value = headers.get('retry-after') ?? '';
  const ms = /^\d+(\.\d+)?$/.test(value) ? Number(value) * 1_000 : untilDate(value, headers.get('date'));
  return Number.isNaN(ms) ? undefined : Math.min(Math.max(0, ms), longestRetryAfterMs);
}

function untilDate(value: string, serverDate: string | null): number {
  const serverTime = Date.parse(serverDate ?? '');
  return Date.parse(value) - (Number.isNaN(serverTime) ? Date.now() : serverTime);
}

function wholeNumber(value: string | null): number | undefined {
  return value !== null && /^\d{1,9}$/.test(value) ? Number(value) : undefined;
}
