import { hubspotAllowances } from '../../generated/api-facts.js';
import { defaultApiVersion, defaultServer, type ApiVersion } from '../../generated/client.js';
import { checkedToken, type AccessTokenProvider } from './access-token.js';
import { checkedApiVersion } from './api-version.js';
import { ConfigurationError } from './errors.js';
import type { ClientEvent } from './events.js';
import { isJsonObject } from './json.js';
import { nearest } from './nearest.js';
import { maximumInputs } from './validate.js';

/** How many requests may be sent in any rolling window. */
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
  /** A private app's token, an OAuth access token, or a function that returns one. */
  accessToken: string | AccessTokenProvider;
  /**
   * The base URL of the API.
   * @defaultValue the server of the spec, `https://api.hubapi.com`
   */
  baseUrl?: string;
  /**
   * The version of HubSpot's API, which is part of each request's path. HubSpot supports a version for 18
   * months (https://developers.hubspot.com/docs/developer-tooling/platform/versioning).
   * @defaultValue `2025-09`
   */
  apiVersion?: ApiVersion;
  /**
   * Sends a request. Called once per attempt, each time with a new `Request`.
   * @defaultValue `globalThis.fetch`
   */
  fetch?: (request: Request) => Promise<Response>;
  /**
   * How many requests the client may send in any window of time, over all its calls and including retries;
   * `false` for no limit.
   * @defaultValue the allowance of HubSpot's lowest tier, 100 in 10,000 ms
   *   (https://developers.hubspot.com/docs/developer-tooling/platform/usage-guidelines)
   */
  allowance?: Allowance | false;
  /**
   * When earlier requests against the same allowance were sent, for instance by a process that was killed.
   * They count until their window has passed; older ones are ignored.
   * @defaultValue none
   */
  earlierRequests?: readonly Date[];
  /**
   * Maximum attempts per request, the first included. A request is retried after a transient failure: a
   * lost connection, a timeout, an unreadable reply, 408, 423, 429 and most of 5xx (docs/errors.md).
   * @defaultValue 8
   */
  maxAttempts?: number;
  /**
   * Time limit per attempt, until its whole reply has arrived, in milliseconds.
   * @defaultValue 120,000, which leaves the gateway its own limit of 100 s (status 524,
   *   https://developers.hubspot.com/docs/api-reference/error-handling)
   */
  timeoutMs?: number;
  /**
   * The maximum length of a reply's body, in bytes after decompression. The rest of a longer body is not
   * read, and the attempt fails with a `ContractError`.
   * @defaultValue 16,384,000: 8 KiB for each of the 2,000 inputs that one request may hold: room for two
   *   results with their labels and two errors with their context
   */
  maxReplyBytes?: number;
  /**
   * Maximum concurrent requests per run.
   * @defaultValue the requests of the allowance, at most 250, which uses the whole allowance even if
   *   replies take several seconds; 6 without an allowance, since more would only take memory
   */
  concurrency?: number;
  /** Called with each event. Errors that it throws or rejects with are ignored. */
  onEvent?: (event: ClientEvent) => void;
  /**
   * The `User-Agent` header, on platforms that allow it to be set.
   * @defaultValue `hubspot-associations`
   */
  userAgent?: string;
  /**
   * Whether to compare each reply with the spec and report differences to `onEvent`. The parts that the
   * outcome of the inputs depends on are always checked.
   * @defaultValue true
   */
  validateResponses?: boolean;
}

/** Defaults that the command line shows. The default of `concurrency` is a maximum. */
export const defaults = { maxAttempts: 8, timeoutMs: 120_000, concurrency: 250, unpacedConcurrency: 6 } as const;

/** The maximum of `maxAttempts` and of `concurrency`. */
export const maximumCount = 1_000;

/** Options with all defaults filled in. */
export interface ResolvedOptions extends Readonly<Required<Omit<ClientOptions, 'fetch'>>> {
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
}

/** Two results of about 1 KiB and two errors of about 3 KiB. */
const replyBytesPerInput = 8 * 1_024;

/**
 * Checks the options and fills in the defaults.
 *
 * @throws ConfigurationError naming the invalid option.
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
    maxAttempts: options.maxAttempts ?? defaults.maxAttempts,
    timeoutMs: options.timeoutMs ?? defaults.timeoutMs,
    maxReplyBytes: options.maxReplyBytes ?? maximumInputs * replyBytesPerInput,
    concurrency: options.concurrency ?? defaultConcurrency(allowance),
    onEvent: options.onEvent ?? (() => undefined),
    userAgent: options.userAgent ?? 'hubspot-associations',
    validateResponses: options.validateResponses ?? true,
  };
  requireKnown(options, Object.keys(resolved));
  if (typeof resolved.accessToken !== 'function') checkedToken(resolved.accessToken);
  requireUrl('baseUrl', resolved.baseUrl);
  requireTimeout(resolved.timeoutMs);
  requireCount('maxAttempts', resolved.maxAttempts, maximumCount);
  requireCount('concurrency', resolved.concurrency, maximumCount);
  requireCount('maxReplyBytes', resolved.maxReplyBytes, 2 ** 29);
  if (typeof resolved.userAgent !== 'string' || !/^[\x20-\x7e]+$/.test(resolved.userAgent)) {
    throw new ConfigurationError('userAgent', 'give a string of visible ASCII characters.');
  }
  requireFunction('onEvent', resolved.onEvent);
  return Object.freeze(resolved);
}

function defaultConcurrency(allowance: Allowance | false): number {
  return allowance === false ? defaults.unpacedConcurrency : Math.min(allowance.requests, defaults.concurrency);
}

/** @throws ConfigurationError naming an option that does not exist, with a suggestion. */
export function requireKnown(options: object, known: readonly string[]): void {
  const unknown = Object.keys(options).find((name) => !known.includes(name));
  if (unknown === undefined) return;
  const meant = nearest(unknown, known);
  const advice = meant === undefined ? `The options are ${known.join(', ')}.` : `Did you mean ${meant}?`;
  throw new ConfigurationError(unknown, `there is no such option. ${advice}`);
}

/** A timer can wait for at most 2³¹ − 1 ms. */
export function requireTimeout(timeoutMs: number): void {
  requireCount('timeoutMs', timeoutMs, 2 ** 31 - 1);
}

/** The platform's own `fetch` gets no `Request`, which would encode the body a second time. */
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

/** @throws ConfigurationError naming the option, but not its value, which may contain a password. */
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
