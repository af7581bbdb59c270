import type { ServerCount } from './rolling-window.js';

/**
 * Where the server stands in its window, as its `X-HubSpot-RateLimit-*` headers have it
 * (https://developers.hubspot.com/docs/developer-tooling/platform/usage-guidelines).
 *
 * @returns Nothing where a header is missing, or where it speaks of another window than this one.
 */
export function readServerCount(headers: Headers, windowMs: number): ServerCount | undefined {
  const limit = wholeNumber(headers.get('x-hubspot-ratelimit-max'));
  const remaining = wholeNumber(headers.get('x-hubspot-ratelimit-remaining'));
  const interval = wholeNumber(headers.get('x-hubspot-ratelimit-interval-milliseconds')) ?? windowMs;
  if (limit === undefined || remaining === undefined || interval !== windowMs || remaining > limit) return undefined;
  return { limit, remaining };
}

/**
 * How long `Retry-After` asks to wait, in milliseconds. A date is read against the server's own
 * clock, where the reply has a `Date`.
 */
export function readRetryAfter(headers: Headers): number | undefined {
  const value = headers.get('retry-after')?.trim() ?? '';
  if (/^\d+(\.\d+)?$/.test(value)) return Number(value) * 1_000;
  const at = Date.parse(value);
  if (value === '' || Number.isNaN(at)) return undefined;
  const serverTime = Date.parse(headers.get('date') ?? '');
  return Math.max(0, at - (Number.isNaN(serverTime) ? Date.now() : serverTime));
}

function wholeNumber(value: string | null): number | undefined {
  return value !== null && /^\d{1,9}$/.test(value.trim()) ? Number(value) : undefined;
}
