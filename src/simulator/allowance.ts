import { createTokenMemory } from './token-memory.js';

/** How many requests a token may send. */
export interface AllowanceOptions {
  /** Requests in any window of `perMs`. */
  readonly requests?: number;
  /** @defaultValue 10,000 */
  readonly perMs?: number;
  /** Requests per day. The day ends at midnight in the account's time zone. */
  readonly requestsPerDay?: number;
  /**
   * The account's time zone, in minutes east of UTC.
   * @defaultValue 0
   */
  readonly utcOffsetMinutes?: number;
  /**
   * Whether replies have the `X-HubSpot-RateLimit-*` headers.
   * @defaultValue true
   */
  readonly headers?: boolean;
  /**
   * The form of `Retry-After` in a 429. HubSpot does not promise this header.
   * @defaultValue none
   */
  readonly retryAfter?: 'seconds' | 'date';
}

/** The decision on one request: accepted, or refused by a policy. */
interface Admission {
  readonly policyName: 'TEN_SECONDLY_ROLLING' | 'SECONDLY' | 'DAILY' | undefined;
  readonly headers: Readonly<Record<string, string>>;
}

/** Counts the requests of each token. A request that is refused does not count. */
export interface Allowance {
  admit(token: string, now: number): Admission;
}

/** The requests of a token: their times in the window, and their number on a day. */
interface Usage {
  readonly window: readonly number[];
  readonly date: number;
  readonly count: number;
}

const day = 86_400_000;

/** Counts requests like the server: when they arrive. */
export function createAllowance(options: AllowanceOptions): Allowance {
  const { requests = Infinity, perMs = 10_000, requestsPerDay = Infinity, utcOffsetMinutes = 0 } = options;
  const usages = createTokenMemory<Usage>();

  return {
    admit: (token, now) => {
      const usage = usages.get(token);
      const window = (usage?.window ?? []).filter((time) => time > now - perMs);
      const date = Math.floor((now + utcOffsetMinutes * 60_000) / day);
      const sentToday = usage?.date === date ? usage.count : 0;

      const policyName =
        sentToday >= requestsPerDay ? 'DAILY' : window.length >= requests ? windowName(perMs) : undefined;
      const taken = policyName === undefined ? 1 : 0;
      if (taken === 1) window.push(now);
      usages.set(token, { window, date, count: sentToday + taken });
      const waitMs =
        policyName === 'DAILY' ? (date + 1) * day - utcOffsetMinutes * 60_000 - now : (window[0] ?? now) + perMs - now;
      return {
        policyName,
        headers: {
          ...rateLimitHeaders(options, window.length, sentToday + taken),
          ...(policyName === undefined ? {} : retryAfterHeader(options.retryAfter, waitMs, now)),
        },
      };
    },
  };
}

function windowName(perMs: number): 'TEN_SECONDLY_ROLLING' | 'SECONDLY' {
  return perMs <= 1_000 ? 'SECONDLY' : 'TEN_SECONDLY_ROLLING';
}

function rateLimitHeaders(options: AllowanceOptions, inWindow: number, today: number): Record<string, string> {
  const { requests, perMs = 10_000, requestsPerDay, headers = true } = options;
  if (!headers) return {};
  return {
    ...(requests === undefined
      ? {}
      : {
          'x-hubspot-ratelimit-max': String(requests),
          'x-hubspot-ratelimit-remaining': String(Math.max(0, requests - inWindow)),
          'x-hubspot-ratelimit-interval-milliseconds': String(perMs),
        }),
    ...(requestsPerDay === undefined
      ? {}
      : {
          'x-hubspot-ratelimit-daily': String(requestsPerDay),
          'x-hubspot-ratelimit-daily-remaining': String(Math.max(0, requestsPerDay - today)),
        }),
  };
}

/** `Retry-After` in either form of https://www.rfc-editor.org/rfc/rfc9110#field.retry-after */
export function retryAfterHeader(
  form: 'seconds' | 'date' | undefined,
  waitMs: number,
  now: number,
): Record<string, string> {
  if (form === undefined) return {};
  // A date has whole seconds. Rounded down, it would be too early.
  const date = new Date(Math.ceil((now + waitMs) / 1_000) * 1_000);
  return { 'retry-after': form === 'seconds' ? String(Math.ceil(waitMs / 1_000)) : date.toUTCString() };
}
