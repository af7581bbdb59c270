import type { AnyAssociationsError } from './errors.js';
import { consequencesOf, type Retry } from './status-table.js';

/** What follows from a failed attempt. */
export type Decision =
  /** Resend it after a pause, in milliseconds. */
  | { readonly kind: 'retry'; readonly waitMs: number }
  /** Resend it with another token, if there is one. */
  | { readonly kind: 'renewToken' }
  | { readonly kind: 'giveUp' };

/** What the policy takes into account in addition to the failure. */
export interface Circumstances {
  /** The attempt that failed, counted from 1. */
  readonly attempt: number;
  readonly maxAttempts: number;
  /** A number from 0 to 1, without 1. */
  readonly random: number;
}

/** The limit of the first pause, which doubles with each attempt, and the limit of any pause. */
const firstPauseMs = 500;
const longestPauseMs = 30_000;

/** A longer `Retry-After` is not waited for: stop, and come back. */
const longestWaitMs = 300_000;

/**
 * Decides what follows from a failed attempt. A lost reply is no obstacle: associating a pair that
 * is associated changes nothing. The pauses are random from zero up to a limit that doubles.
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

/** The window that a 429 without `Retry-After` is about, for a client that does not know its allowance. */
const usualWindowMs = 10_000;

/**
 * How long no request at all is to be sent after a failure, in milliseconds: the API has said that
 * it takes none. After a 429 that does not say how long, a paced client goes by its own window.
 *
 * @param unpaced - Whether the client has no allowance to go by.
 */
export function pauseForAll(error: AnyAssociationsError, unpaced: boolean): number {
  const { holdsAll = false } = consequencesOf(error);
  if (error.code !== 'API' || !holdsAll || (error.retryAfterMs ?? 0) > longestWaitMs) return 0;
  const { status, policyName, retryAfterMs = 0 } = error;
  if (status !== 429 || error.retryAfterMs !== undefined) return retryAfterMs;
  return policyName === 'SECONDLY' ? 1_000 : unpaced ? usualWindowMs : 0;
}

/** Whether a failure is a reply that says that the API is failing, or that too much is asked of it. */
export function spendsErrorBudget(error: AnyAssociationsError): boolean {
  return consequencesOf(error).spendsErrorBudget === true;
}
