import type { StandardError } from '../../generated/schema.js';
import type { Client } from '../client/create-client.js';
import {
  ConnectionError,
  isAssociationsError,
  messageOf,
  type AnyAssociationsError,
  type StoppedError,
} from '../client/errors.js';
import { correlationIdOf, type AttemptCounts, type CallAttempts } from './attempts.js';
import type { ObjectTypes } from './direction.js';
import { judgeFailure, type Judgement } from './judge-failure.js';
import type { Pair } from './merge-pairs.js';
import type { Outcome } from './outcome.js';
import { reconcile } from './reconcile.js';
import type { Stop } from './stop.js';

/** What became of pairs. */
export interface Settled {
  readonly outcomes: readonly Outcome[];
  /** Pairs that a reply did not mention. Their outcome so far is unconfirmed. */
  readonly silent: readonly Pair[];
  readonly unmatchedErrors: readonly StandardError[];
  readonly calls: Calls;
}

/** What it took. */
export interface Calls {
  /** Requests that were sent. */
  readonly requests: number;
  readonly correlationIds: readonly string[];
}

export const noCalls: Calls = { requests: 0, correlationIds: [] };

/** Associates pairs in one request. Says what became of them, or how the request failed for good. */
export type RequestPairs = (pairs: readonly Pair[]) => Promise<Settled | Failure>;

/** A request that failed for good. */
export interface Failure {
  readonly judgement: Judgement;
  readonly calls: Calls;
}

/** What is the same for all requests of a run. */
export interface RequestPairsOptions extends ObjectTypes {
  readonly client: Pick<Client, 'batchCreate'>;
  readonly signal: AbortSignal | undefined;
  readonly stop: Stop;
  readonly attempts: AttemptCounts;
}

/** A server that leaves so many requests in a row without a usable answer, for good, is not asked again. */
const unansweredRequests = 3;

export function createRequestPairs(options: RequestPairsOptions): RequestPairs {
  const { client, fromObjectType, toObjectType, signal, stop, attempts } = options;
  let unanswered = 0;

  const failed = (error: AnyAssociationsError, call: CallAttempts): Failure => {
    const judgement = judgeFailure(error, call.mayBeDone(error));
    unanswered = judgement.kind === 'unconfirmed' ? unanswered + 1 : 0;
    if (judgement.stop !== undefined) stop.stop(judgement.stop, error);
    if (unanswered >= unansweredRequests) stop.stop('unreachable', error);
    return { judgement, calls: callsOf(call, correlationIdOf(error)) };
  };

  return async (pairs) => {
    if (stop.error !== undefined) return unsent(pairs, stop.error);
    const call = attempts.follow();
    try {
      const request = { fromObjectType, toObjectType, inputs: pairs.map(({ sent }) => sent) };
      const reply = await client.batchCreate(request, { signal, stopWaiting: stop.signal, onEvent: call.onEvent });
      unanswered = 0;
      const { outcomes, unmatchedErrors } = reconcile(pairs, reply, { fromObjectType, toObjectType });
      const silent = pairs.filter((_, place) => outcomes[place]?.kind === 'unconfirmed');
      const correlationId = reply.response.headers.get('x-hubspot-correlation-id');
      return { outcomes, silent, unmatchedErrors, calls: callsOf(call, correlationId === null ? [] : [correlationId]) };
    } catch (caught) {
      if (isAssociationsError(caught)) return failed(caught, call);
      return failed(new ConnectionError(messageOf(caught), { cause: caught, requestSent: true }), call);
    }
  };
}

function callsOf({ requests, correlationIds }: CallAttempts, last: readonly string[]): Calls {
  return { requests, correlationIds: [...correlationIds, ...last] };
}

/** The pairs of a failed request, as it has been judged. */
export function settleFailure(pairs: readonly Pair[], { judgement, calls }: Failure, stop: Stop): Settled {
  if (judgement.kind === 'unsent') return { ...unsent(pairs, stop.stop(judgement.stop)), calls };
  const { kind, error } = judgement;
  const outcomes = pairs.map(({ index, input }): Outcome =>
    kind === 'failed' ? { kind, index, input, error } : { kind, index, input, error },
  );
  return { outcomes, silent: [], unmatchedErrors: [], calls };
}

function unsent(pairs: readonly Pair[], error: StoppedError): Settled {
  const outcomes = pairs.map(({ index, input }): Outcome => ({ kind: 'unsent', index, input, error }));
  return { outcomes, silent: [], unmatchedErrors: [], calls: noCalls };
}
