import type { AnyAssociationsError, ApiError, StopReason } from '../client/errors.js';

/** What a request's failure means for the inputs in it and for the run. */
export type Judgement =
  | { readonly kind: 'failed'; readonly error: ApiError; readonly mayBeDone: boolean; readonly stop?: undefined }
  | { readonly kind: 'unconfirmed'; readonly error: AnyAssociationsError; readonly stop?: StopReason }
  | { readonly kind: 'unsent'; readonly stop: StopReason };

/** Statuses with which the API takes nothing, and will take nothing of the next request either. */
const refusesAll = new Set([401, 403, 429, 477]);

/** Statuses with which the API refuses a request for what is in it, so that every attempt was in vain. */
export const refusesContent: ReadonlySet<number> = new Set([400, 404, 413]);

/**
 * Judges a request that has failed for good: what became of its inputs, and whether the run goes on.
 *
 * @param mayBeDone - Whether an attempt may have been carried out without an answer that says so.
 */
export function judgeFailure(error: AnyAssociationsError, mayBeDone: boolean): Judgement {
  const judgement = judge(error, mayBeDone);
  if (judgement.kind !== 'unsent' || !mayBeDone) return judgement;
  return { kind: 'unconfirmed', error, stop: judgement.stop };
}

function judge(error: AnyAssociationsError, mayBeDone: boolean): Judgement {
  switch (error.code) {
    case 'API':
      if (mayHaveSucceeded(error)) return { kind: 'unconfirmed', error };
      if (error.status < 400 || refusesAll.has(error.status) || isWrongPath(error))
        return { kind: 'unsent', stop: 'refused' };
      if (mayBeDone && !refusesContent.has(error.status)) return { kind: 'unconfirmed', error };
      return { kind: 'failed', error, mayBeDone };
    case 'CONNECTION':
      return error.requestSent ? { kind: 'unconfirmed', error } : { kind: 'unsent', stop: 'unreachable' };
    case 'TIMEOUT':
    case 'CONTRACT':
      return { kind: 'unconfirmed', error };
    case 'STOPPED':
      return { kind: 'unsent', stop: error.reason };
    case 'INPUT':
    case 'CONFIGURATION':
      return { kind: 'unsent', stop: 'refused' };
  }
}

/** Whether a failed attempt may have been carried out all the same. */
export function mayHaveSucceeded(error: AnyAssociationsError): boolean {
  switch (error.code) {
    case 'API':
      return error.status >= 500 || error.status === 408;
    case 'CONNECTION':
      return error.requestSent;
    case 'TIMEOUT':
    case 'CONTRACT':
      return true;
    case 'STOPPED':
    case 'INPUT':
    case 'CONFIGURATION':
      return false;
  }
}

/** HubSpot answers with a page where it does not know the path, and so it will the next request. */
function isWrongPath({ status, body }: ApiError): boolean {
  return status === 404 && typeof body === 'string';
}
