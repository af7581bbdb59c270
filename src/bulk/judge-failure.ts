import {
  ConnectionError,
  isAssociationsError,
  messageOf,
  type AnyAssociationsError,
  type ApiError,
  type StopReason,
} from '../client/errors.js';

/** What a request's failure means for the inputs in it and for the run. */
export type Judgement =
  | { readonly kind: 'failed'; readonly error: ApiError; readonly stop?: undefined }
  | { readonly kind: 'unconfirmed'; readonly error: AnyAssociationsError; readonly stop?: StopReason }
  | { readonly kind: 'unsent'; readonly stop: StopReason };

/** Statuses with which the API takes nothing, and will take nothing of the next request either. */
const refusesAll = new Set([401, 403, 423, 429, 477]);

/** Judges a failed request: what became of its inputs, and whether the run goes on. */
export function judgeFailure(error: unknown): Judgement {
  if (!isAssociationsError(error)) {
    const unexpected = new ConnectionError(messageOf(error), { cause: error, requestSent: true });
    return { kind: 'unconfirmed', error: unexpected };
  }
  switch (error.code) {
    case 'API':
      if (error.status >= 500) return { kind: 'unconfirmed', error };
      if (error.status < 400 || refusesAll.has(error.status) || isWrongPath(error))
        return { kind: 'unsent', stop: 'refused' };
      return { kind: 'failed', error };
    case 'CONNECTION':
      return error.requestSent ? { kind: 'unconfirmed', error } : { kind: 'unsent', stop: 'unreachable' };
    case 'TIMEOUT':
    case 'CONTRACT':
      return { kind: 'unconfirmed', error };
    case 'STOPPED':
      return { kind: 'unconfirmed', error, stop: error.reason };
    case 'INPUT':
    case 'CONFIGURATION':
      return { kind: 'unsent', stop: 'refused' };
  }
}

/** HubSpot answers with a page where it does not know the path, and so it will the next request. */
function isWrongPath({ status, body }: ApiError): boolean {
  return status === 404 && typeof body === 'string';
}
