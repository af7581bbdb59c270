import type { AnyAssociationsError } from './errors.js';
import { consequencesOf, type Retry } from './status-table.js';

/** What to do after a failed attempt. */
export type Decision =
  /** Resend the request after a pause, in milliseconds. */
  | { readonly kind: 'retry'; readonly waitMs: number }
  /** Resend the request with another token, if there is one. */
  | { readonly kind: 'renewToken' }
  | { readonly kind: 'giveUp' };

/** What the policy takes into account in addition to the failure. */
export interface Circumstances {
  /** The attempt that failed, counted from 1. */
  readonly attempt: number;
  readonly maxAttempts: number;
  /** A number from 0 up to, but not including, 1. */
  readonly random: number;
}

/** The limit of the first pause, which doubles with each attempt. */
const firstPauseMs = 500;
const longestPauseMs = 30_000;

/** The longest `Retry-After` that a request waits for. After a longer one it fails. */
const longestWaitMs = 300_000;

/**
 * Decides what to do after a failed attempt. A lost reply may be retried: associating a pair twice changes
 * nothing. The pauses are random, from zero up to a limit that doubles.
 */
export function decide(error: AnyAssociationsError, { attempt, maxAttempts, random }: Circumstances): Decision {
  const { retry, leastPauseMs = 0 } = consequencesOf(error);
  if (retry === 'renewToken') return { kind: attempt > maxAttempts ? 'giveUp' : 'renewToken' };
  if (attempt >= maxAttempts || !isWorthWaiting(retry, error)) return { kind: 'giveUp' };
  const backoffMs = random * Math.min(longestPauseMs, firstPauseMs * 2 ** (attempt - 1));
  return { kind: 'retry', waitMs: Math.max(leastPauseMs, retryAfterOf(error) ?? 0) + backoffMs };
}

function isWorthWaiting(retry: Retry, error: AnyAssociationsError): boolean {
  const retryAfterMs = retryAfterOf(error);
  if ((retryAfterMs ?? 0) > longestWaitMs) return false;
  return retry === 'backoff' || (retry === 'retryAfter' && retryAfterMs !== undefined);
}

function retryAfterOf(error: AnyAssociationsError): number | undefined {
  return error.code === 'API' ? error.retryAfterMs : undefined;
}

/** The window to wait after a 429 without `Retry-After`, for a client without an allowance. */
const usualWindowMs = 10_000;

/**
 * How long to hold back all requests after a failure, in milliseconds, because the API accepts none. After
 * a 429 that does not say how long, a paced client relies on its own window.
 *
 * @param unpaced - Whether the client has no allowance.
 */
export function pauseForAllRequests(error: AnyAssociationsError, unpaced: boolean): number {
  const { pausesAllRequests = false } = consequencesOf(error);
  if (error.code !== 'API' || !pausesAllRequests || (error.retryAfterMs ?? 0) > longestWaitMs) return 0;
  const { status, policyName, retryAfterMs = 0 } = error;
  if (status !== 429 || error.retryAfterMs !== undefined) return retryAfterMs;
  return policyName === 'SECONDLY' ? 1_000 : unpaced ? usualWindowMs : 0;
}

/** Whether a failure is an error reply that counts towards the error budget. */
export function spendsErrorBudget(error: AnyAssociationsError): boolean {
  return consequencesOf(error).spendsErrorBudget === true;
}
