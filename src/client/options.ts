import { hubspotAllowances } from '../../generated/api-facts.js';
import { defaultApiVersion, defaultServer, type ApiVersion } from '../../generated/client.js';
import { checked, type AccessTokenProvider } from './access-token.js';
import { checkedApiVersion } from './api-version.js';
import { ConfigurationError } from './errors.js';
import type { ClientEvent } from './events.js';
import { isJsonObject } from './json.js';
import { nearest } from './nearest.js';
import { maximumInputs } from './validate.js';

/** Requests that may be sent in any rolling window. */
export interface Allowance {
  readonly requests: number;
  /** The length of the window, in milliseconds. */
  readonly perMs: number;
}

/** The lowest of the documented allowances, from the spec's `x-hubspot-allowances`. */
const lowestAllowance: Allowance = [...hubspotAllowances].reduce((lowest, tier) =>
  tier.requests / tier.perMs < lowest.requests / lowest.perMs ? tier : lowest,
);

/** How the client behaves. */
export interface ClientOptions {
  /** A private app's token or an OAuth access token, or what gives one. */
  accessToken: string | AccessTokenProvider;
  /**
   * Where the API is.
   * @defaultValue the server of the spec, `https://api.hubapi.com`
   */
  baseUrl?: string;
  /**
   * The version of HubSpot's API to call: a part of the path of each request. HubSpot supports a
   * version for 18 months (https://developers.hubspot.com/docs/developer-tooling/platform/versioning).
   * @defaultValue `2025-09`
   */
  apiVersion?: ApiVersion;
  /**
   * Sends a request. It is called once an attempt, each time with a new `Request`.
   * @defaultValue `globalThis.fetch`
   */
  fetch?: (request: Request) => Promise<Response>;
  /**
   * How many requests the client may send in any window of time: those of all its calls, retries
   * included; `false` for no limit.
   * @defaultValue that of HubSpot's lowest tier, 100 in 10,000 ms
   *   (https://developers.hubspot.com/docs/developer-tooling/platform/usage-guidelines)
   */
  allowance?: Allowance | false;
  /**
   * When requests of the same allowance were sent before this client was made, for instance by a
   * process that was killed. They count until their window is over; older ones are ignored.
   * @defaultValue none
   */
  earlierRequests?: readonly Date[];
  /**
   * Maximum attempts per request, the first included. It is retried after a transient failure: a
   * lost connection, a time-out, an unreadable reply, 408, 423, 429 and most of 5xx (docs/errors.md).
   * @defaultValue 8
   */
  maxAttempts?: number;
  /**
   * How long one request may take until its whole reply is here, in milliseconds.
   * @defaultValue 120,000, which leaves the gateway its own limit of 100 s (status 524,
   *   https://developers.hubspot.com/docs/api-reference/error-handling)
   */
  timeoutMs?: number;
  /**
   * The longest body of a reply, in bytes once it is decompressed. Of a longer one the rest is not
   * read, and the attempt fails with a `ContractError`.
   * @defaultValue 16,384,000: 8 KiB for each of the 2,000 inputs that one request may hold, room
   *   for two results with their labels and two errors with their context
   */
  maxReplyBytes?: number;
  /**
   * Maximum concurrent requests per run.
   * @defaultValue the requests of the allowance, at most 250, at most 250, so that it is filled at replies of
   *   several seconds; 6 without an allowance, since more at once would only take memory
   */
  concurrency?: number;
  /** Called with each event. Observer errors, thrown or rejected, are ignored. */
  onEvent?: (event: ClientEvent) => void;
  /**
   * The `User-Agent` header, where the platform lets it be set.
   * @defaultValue `hubspot-associations`
   */
  userAgent?: string;
  /**
   * Whether to compare each reply with the spec and report differences to `onEvent`. What the
   * outcome of the inputs depends on is checked in any case.
   * @defaultValue true
   */
  validateResponses?: boolean;
}

/** Options with every default in place. */
export interface ResolvedOptions extends Readonly<Required<Omit<ClientOptions, 'fetch'>>> {
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
}

/** Two results of some 1 KiB and two errors of some 3 KiB. */
const replyBytesPerInput = 8 * 1_024;

/**
 * Checks the options and fills in the defaults.
 *
 * @throws ConfigurationError naming the option that cannot be used.
 */
export function resolveOptions(options: ClientOptions): ResolvedOptions {
  const given: unknown = options;
  if (typeof given !== 'object' || given === null) {
    throw new ConfigurationError('options', 'give an object with an accessToken.');
  }
  const allowance = checkedAllowance(options.allowance ?? lowestAllowance);
  const resolved: ResolvedOptions = {
    accessToken: options.accessToken,
    baseUrl: options.baseUrl ?? defaultServer,
    apiVersion: checkedApiVersion('apiVersion', options.apiVersion ?? defaultApiVersion),
    fetch: fetchOf(options.fetch),
    allowance,
    earlierRequests: checkedTimes(options.earlierRequests ?? []),
    maxAttempts: options.maxAttempts ?? 8,
    timeoutMs: options.timeoutMs ?? 120_000,
    maxReplyBytes: options.maxReplyBytes ?? maximumInputs * replyBytesPerInput,
    concurrency: options.concurrency ?? (allowance === false ? 6 : Math.min(allowance.requests, 250)),
    onEvent: options.onEvent ?? (() => undefined),
    userAgent: options.userAgent ?? 'hubspot-associations',
    validateResponses: options.validateResponses ?? true,
  };
  requireKnown(options, Object.keys(resolved));
  if (typeof resolved.accessToken !== 'function') checked(resolved.accessToken);
  requireUrl('baseUrl', resolved.baseUrl);
  requireTimeout(resolved.timeoutMs);
  requireCount('maxAttempts', resolved.maxAttempts, 1_000);
  requireCount('concurrency', resolved.concurrency, 1_000);
  requireCount('maxReplyBytes', resolved.maxReplyBytes, 2 ** 29);
  if (typeof resolved.userAgent !== 'string' || !/^[\x20-\x7e]+$/.test(resolved.userAgent)) {
    throw new ConfigurationError('userAgent', 'give a string of visible ASCII characters.');
  }
  requireFunction('onEvent', resolved.onEvent);
  return Object.freeze(resolved);
}

/** @throws ConfigurationError naming an option that does not exist, and the one that may be meant. */
export function requireKnown(options: object, known: readonly string[]): void {
  const unknown = Object.keys(options).find((name) => !known.includes(name));
  if (unknown === undefined) return;
  const meant = nearest(unknown, known);
  const advice = meant === undefined ? `The options are ${known.join(', ')}.` : `Did you mean ${meant}?`;
  throw new ConfigurationError(unknown, `there is no such option. ${advice}`);
}

/** The longest time that a timer can wait is 2³¹ − 1 ms. */
export function requireTimeout(timeoutMs: number): void {
  requireCount('timeoutMs', timeoutMs, 2 ** 31 - 1);
}

/** The platform's own `fetch` needs no `Request`, which would encode the body once more. */
function fetchOf(given: ClientOptions['fetch']): ResolvedOptions['fetch'] {
  if (given === undefined) return (url, init) => globalThis.fetch(url, init);
  requireFunction('fetch', given);
  return (url, init) => given(new Request(url, init));
}

function checkedAllowance(allowance: Allowance | false): Allowance | false {
  if (allowance === false) return false;
  if (!isJsonObject(allowance)) {
    throw new ConfigurationError('allowance', 'give { requests, perMs }, or false for no limit.');
  }
  const { requests, perMs } = allowance;
  requireCount('allowance.requests', requests, 1_000_000);
  requireCount('allowance.perMs', perMs, 86_400_000);
  return Object.freeze({ requests, perMs });
}

function checkedTimes(times: readonly Date[]): readonly Date[] {
  const given: unknown = times;
  if (!Array.isArray(given) || !given.every((time) => time instanceof Date && !Number.isNaN(time.getTime()))) {
    throw new ConfigurationError('earlierRequests', 'give a list of valid dates.');
  }
  return Object.freeze([...times]);
}

/** @throws ConfigurationError naming the option, without the value: a password may be in it. */
export function requireUrl(option: string, value: string): void {
  const url = URL.canParse(value) ? new URL(value) : undefined;
  if (url === undefined || !['http:', 'https:'].includes(url.protocol)) {
    throw new ConfigurationError(option, 'give an absolute http or https URL, such as https://api.hubapi.com.');
  }
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') {
    throw new ConfigurationError(option, 'leave out user, password, query and fragment.');
  }
}

function requireCount(option: string, value: number, maximum: number): void {
  if (Number.isInteger(value) && value >= 1 && value <= maximum) return;
  throw new ConfigurationError(option, `give a whole number from 1 to ${String(maximum)}, not ${String(value)}.`);
}

function requireFunction(option: string, value: unknown): void {
  if (typeof value !== 'function') throw new ConfigurationError(option, `give a function, not ${typeof value}.`);
}
