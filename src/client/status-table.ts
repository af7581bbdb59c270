import type { AnyAssociationsError, Refusal, StopReason } from './errors.js';

/** What a failed attempt means: for its request, for the inputs in it, and for the run. */
export interface Consequences {
  readonly retry: Retry;
  /** The least pause before a retry, in milliseconds. */
  readonly leastPauseMs?: number;
  /** The request may have succeeded despite the failure. */
  readonly mayHaveSucceeded?: true;
  /** The run stops for this reason, because the next request would fail as well. */
  readonly stops?: StopReason;
  /** The request was refused for its content. Only a few inputs may be at fault, so it is halved. */
  readonly divisible?: true;
  /** It counts towards the share of error replies that HubSpot tolerates. */
  readonly spendsErrorBudget?: true;
  /** Its `Retry-After` applies to every request of the client, not only this one. */
  readonly pausesAllRequests?: true;
}

/** What a status means. */
export interface StatusRow extends Consequences {
  /** What to do, as shown in the message. */
  readonly advice: string;
}

/**
 * Whether a failed attempt is retried. All but `never` and `renewToken` are transient.
 *
 * - `never`: it would fail again.
 * - `backoff`: resend it after a pause that grows.
 * - `retryAfter`: retry only if `Retry-After` is short enough to wait for.
 * - `later`: the failure lasts longer than a request can wait.
 * - `renewToken`: resend it with another access token, if there is one.
 */
export type Retry = 'never' | 'backoff' | 'retryAfter' | 'later' | 'renewToken';

const notSupported = {
  retry: 'never',
  stops: 'refused',
  spendsErrorBudget: true,
  advice: 'The server does not support the request: correct the base URL.',
} as const;

const brokenGateway = {
  retry: 'never',
  mayHaveSucceeded: true,
  spendsErrorBudget: true,
  advice: "HubSpot's gateway does not reach its server: ask HubSpot's support.",
} as const;

/**
 * What each status means; `3xx`, `4xx` and `5xx` stand for all others of their class. Messages, retries,
 * outcomes and exit codes follow from this table, and docs/errors.md shows it.
 *
 * Sources: https://developers.hubspot.com/docs/api-reference/error-handling and
 * https://developers.hubspot.com/docs/developer-tooling/platform/usage-guidelines; for 408, 413, 501
 * and 505 https://www.rfc-editor.org/rfc/rfc9110#name-status-codes
 */
export const statusTable = {
  '207': { retry: 'never', advice: 'Correct this input.' },
  '3xx': { retry: 'never', stops: 'refused', advice: 'Redirects are not followed: correct the base URL.' },
  '400': { retry: 'never', divisible: true, advice: 'Nothing was carried out: correct the request and resend it.' },
  '401': {
    retry: 'renewToken',
    stops: 'refused',
    spendsErrorBudget: true,
    advice: 'Check that the access token is correct and has not expired.',
  },
  '403': {
    retry: 'never',
    stops: 'refused',
    advice: "Grant the token's app the scopes that these object types need.",
  },
  '404': { retry: 'never', divisible: true, advice: 'Check the object types and the ids.' },
  '404 page': { retry: 'never', stops: 'refused', advice: 'There is no such path: correct the base URL.' },
  '408': {
    retry: 'backoff',
    mayHaveSucceeded: true,
    spendsErrorBudget: true,
    advice: 'The request took too long to arrive: resend it later.',
  },
  '413': { retry: 'never', divisible: true, advice: 'Send fewer inputs in one request.' },
  '423': {
    retry: 'backoff',
    leastPauseMs: 2_000,
    spendsErrorBudget: true,
    advice: 'The records are locked: resend it after at least two seconds.',
  },
  '429': {
    retry: 'backoff',
    stops: 'refused',
    spendsErrorBudget: true,
    pausesAllRequests: true,
    advice: 'The rate limit is used up: resend it later, at a lower rate.',
  },
  '429 DAILY': {
    retry: 'later',
    stops: 'refused',
    spendsErrorBudget: true,
    advice: "The daily limit is used up: run it again after midnight in the account's time zone.",
  },
  '477': {
    retry: 'retryAfter',
    stops: 'refused',
    pausesAllRequests: true,
    advice: 'The account is being moved: run it again later.',
  },
  '4xx': { retry: 'never', advice: 'Correct the request.' },
  '501': notSupported,
  '505': notSupported,
  '522': brokenGateway,
  '525': brokenGateway,
  '526': brokenGateway,
  '5xx': {
    retry: 'backoff',
    mayHaveSucceeded: true,
    spendsErrorBudget: true,
    pausesAllRequests: true,
    advice: 'The API is failing: resend it later.',
  },
} as const satisfies Readonly<Record<string, StatusRow>>;

/** What every other failure means, by the `code` of its error. */
export const codeTable = {
  'CONNECTION, not sent': { retry: 'backoff', stops: 'unreachable' },
  'CONNECTION, sent': { retry: 'backoff', mayHaveSucceeded: true },
  TIMEOUT: { retry: 'backoff', mayHaveSucceeded: true },
  CONTRACT: { retry: 'backoff', mayHaveSucceeded: true },
  INPUT: { retry: 'never', stops: 'refused' },
  CONFIGURATION: { retry: 'never', stops: 'refused' },
  STOPPED: { retry: 'never' },
} as const satisfies Readonly<Record<string, Consequences>>;

/** What a failure means. */
export function consequencesOf(error: AnyAssociationsError): Consequences {
  switch (error.code) {
    case 'API':
      return statusRow(error);
    case 'CONNECTION':
      return codeTable[error.requestSent ? 'CONNECTION, sent' : 'CONNECTION, not sent'];
    default:
      return codeTable[error.code];
  }
}

function statusRow({ status, policyName, body }: Refusal): StatusRow {
  if (status === 429 && policyName === 'DAILY') return statusTable['429 DAILY'];
  // HubSpot answers an unknown path with an HTML page, and will answer the next request in the same way.
  if (status === 404 && typeof body === 'string') return statusTable['404 page'];
  const rows: Readonly<Record<string, StatusRow>> = statusTable;
  return rows[String(status)] ?? statusTable[status < 400 ? '3xx' : status < 500 ? '4xx' : '5xx'];
}

/** Whether a failed attempt may have succeeded despite the failure. */
export function mayHaveSucceeded(error: AnyAssociationsError): boolean {
  return consequencesOf(error).mayHaveSucceeded === true;
}

/** Whether a failure goes away with time, however long that takes. */
export function isTransient(error: AnyAssociationsError): boolean {
  const { retry } = consequencesOf(error);
  return retry !== 'never' && retry !== 'renewToken';
}

/** What to do about a refusal, and whether it may have succeeded. */
export function adviceFor(refusal: Refusal): string {
  const { advice, mayHaveSucceeded } = statusRow(refusal);
  return mayHaveSucceeded === true ? `${advice} ${repeatAdvice}` : advice;
}

export const repeatAdvice = 'It may still have succeeded; repeating it is safe.';
