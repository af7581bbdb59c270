import type { AnyAssociationsError, ApiError, StopReason } from '../client/errors.js';
import { consequencesOf } from '../client/status-table.js';

/** What a request's failure means for the inputs in it and for the run. */
export type Judgement =
  /** The API refused the request for its content, which may be a few of its inputs only. */
  | { readonly kind: 'refused'; readonly error: ApiError; readonly mayHaveSucceeded: boolean }
  | { readonly kind: 'failed'; readonly error: ApiError }
  | { readonly kind: 'unconfirmed'; readonly error: AnyAssociationsError; readonly stop?: StopReason }
  | { readonly kind: 'unsent'; readonly stop: StopReason };

/**
 * Judges a request whose last attempt has failed: what became of its inputs, and whether the run stops.
 *
 * @param mayHaveSucceeded - Whether an attempt, this one included, may have been carried out without an
 *   answer that says so.
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
