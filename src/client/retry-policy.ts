import type { AnyAssociationsError, ApiError } from './errors.js';

/** What follows from a failed attempt. */
export type Decision =
  /** Resend it after a pause, in milliseconds. */
  | { readonly kind: 'retry'; readonly waitMs: number }
  /** Resend it with another token, if there is one. */
  | { readonly kind: 'renew token' }
  | { readonly kind: 'give up' };

/** What the policy takes into account besides the failure. */
export interface Circumstances {
  /** The attempt that failed, counted from 1. */
  readonly attempt: number;
  readonly maxAttempts: number;
  /** A number from 0 to 1, without 1. */
  readonly random: number;
}

/** The first pause is at most so long, and each one at most twice as long as the one before. */
const firstPauseMs = 500;
const longestPauseMs = 30_000;

/** Whoever is told to wait longer than this had better stop and come back. */
const longestWaitMs = 300_000;

/** https://developers.hubspot.com/docs/api-reference/error-handling */
const lockedMs = 2_000;

/**
 * Server errors that are not transient: not implemented, unknown HTTP version, and those of
 * the gateway for which HubSpot says to ask its support.
 */
const permanentServerErrors = new Set([501, 505, 522, 525, 526]);

/**
 * Decides what follows from a failed attempt. A lost reply is no obstacle: associating a pair that
 * is associated changes nothing. The pauses are random from zero up to a limit that doubles.
 */
export function decide(error: AnyAssociationsError, { attempt, maxAttempts, random }: Circumstances): Decision {
  if (error.code === 'API' && error.status === 401) return { kind: attempt > maxAttempts ? 'give up' : 'renew token' };
  if (attempt >= maxAttempts || !isTransient(error)) return { kind: 'give up' };
  const pauseMs = random * Math.min(longestPauseMs, firstPauseMs * 2 ** (attempt - 1));
  const leastMs = error.code === 'API' ? Math.max(error.retryAfterMs ?? 0, error.status === 423 ? lockedMs : 0) : 0;
  return { kind: 'retry', waitMs: leastMs + pauseMs };
}

/** Whether the next attempt may succeed although nothing else changes. */
function isTransient(error: AnyAssociationsError): boolean {
  switch (error.code) {
    case 'CONNECTION':
    case 'TIMEOUT':
    case 'CONTRACT':
      return true;
    case 'API':
      return isTransientReply(error);
    case 'INPUT':
    case 'CONFIGURATION':
    case 'STOPPED':
      return false;
  }
}

function isTransientReply({ status, policyName, retryAfterMs }: ApiError): boolean {
  if (retryAfterMs !== undefined && retryAfterMs > longestWaitMs) return false;
  if (status === 429) return policyName !== 'DAILY';
  // Without Retry-After nothing says that the move of an account is about to end.
  if (status === 477) return retryAfterMs !== undefined;
  return status === 408 || status === 423 || (status >= 500 && !permanentServerErrors.has(status));
}

/** The window that a 429 without `Retry-After` is about, for a client that does not know its allowance. */
const usualWindowMs = 10_000;

/**
 * How long no request at all is to be sent after a failure, in milliseconds: the API has said that
 * it takes none. After a 429 that does not say how long, a paced client goes by its own window.
 *
 * @param unpaced - Whether the client has no allowance to go by.
 */
export function pauseForAll(error: AnyAssociationsError, unpaced: boolean): number {
  if (error.code !== 'API' || (error.retryAfterMs ?? 0) > longestWaitMs) return 0;
  const { status, policyName, retryAfterMs } = error;
  if (status === 429 && policyName !== 'DAILY') {
    return retryAfterMs ?? (policyName === 'SECONDLY' ? 1_000 : unpaced ? usualWindowMs : 0);
  }
  return status === 477 || status >= 500 ? (retryAfterMs ?? 0) : 0;
}

/** Whether a failure is a reply that says that the API is failing, or that too much is asked of it. */
export function spendsErrorBudget(error: AnyAssociationsError): boolean {
  return error.code === 'API' && ([401, 408, 423, 429].includes(error.status) || error.status >= 500);
}
