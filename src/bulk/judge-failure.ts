import type { AnyAssociationsError, ApiError, StopReason } from '../client/errors.js';
import { consequencesOf } from '../client/status-table.js';

/** What the failure of a request means for its inputs and for the run. */
export type Judgement =
  /** The API refused the request for its content. Only a few inputs may be at fault. */
  | { readonly kind: 'refused'; readonly error: ApiError; readonly mayHaveSucceeded: boolean }
  | { readonly kind: 'failed'; readonly error: ApiError }
  | { readonly kind: 'unconfirmed'; readonly error: AnyAssociationsError; readonly stop?: StopReason }
  | { readonly kind: 'unsent'; readonly stop: StopReason };

/**
 * Judges a request whose last attempt has failed: the outcome of its inputs, and whether the run stops.
 *
 * @param mayHaveSucceeded - Whether any attempt, including the last, may have succeeded without a reply
 *   that confirms it.
 */
export function judgeFailure(error: AnyAssociationsError, mayHaveSucceeded: boolean): Judgement {
  const { stops, divisible } = consequencesOf(error);
  const stop = error.code === 'STOPPED' ? error.reason : stops;
  if (stop !== undefined) return mayHaveSucceeded ? { kind: 'unconfirmed', error, stop } : { kind: 'unsent', stop };
  if (error.code !== 'API') return { kind: 'unconfirmed', error };
  if (divisible) return { kind: 'refused', error, mayHaveSucceeded };
  return mayHaveSucceeded ? { kind: 'unconfirmed', error } : { kind: 'failed', error };
}

/** Why the run stops, if it does. */
export function stopReasonOf(judgement: Judgement): StopReason | undefined {
  return judgement.kind === 'unsent' || judgement.kind === 'unconfirmed' ? judgement.stop : undefined;
}
