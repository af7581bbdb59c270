import type { BatchPoster } from '../client/create-client.js';
import { ConnectionError, isAssociationsError, messageOf, type AnyAssociationsError } from '../client/errors.js';
import type { JsonObject } from '../client/json.js';
import { mayHaveSucceeded } from '../client/status-table.js';
import { correlationIdOf, type AttemptCounts, type CallAttempts } from './attempts.js';
import { directionOf, type ObjectTypes } from './direction.js';
import { judgeFailure, stopReasonOf, type Judgement } from './judge-failure.js';
import { reconcile, type Reconciled } from './reconcile.js';
import { readInOrder } from './reply-in-order.js';
import { createBodyWriter, type RequestPairs } from './request-body.js';
import type { Stop } from './stop.js';

/** The requests that an answer took. */
export interface Calls {
  /** The number of requests sent. */
  readonly requests: number;
  readonly correlationIds: readonly string[];
}

/** The outcomes in the reply to a request. Places are those of the pairs in the request. */
export interface Answered extends Reconciled {
  readonly kind: 'answered';
  readonly calls: Calls;
}

/** A request that failed, after its last attempt. */
export interface Failure {
  readonly kind: 'failure';
  readonly judgement: Judgement;
  readonly calls: Calls;
}

/** A request that was refused for its content. Only a few inputs may be at fault. */
export interface ContentRefusal extends Failure {
  readonly judgement: Extract<Judgement, { readonly kind: 'refused' }>;
}

export function isContentRefusal(failure: Failure): failure is ContentRefusal {
  return failure.judgement.kind === 'refused';
}

/** Associates pairs in one request, which is retried after transient failures. */
export type SendPairs = (pairs: RequestPairs) => Promise<Answered | Failure>;

export interface RequestOptions extends ObjectTypes {
  readonly client: BatchPoster;
  readonly signal: AbortSignal | undefined;
  readonly stop: Stop;
  readonly attempts: AttemptCounts;
  readonly run: number;
}

/** The run stops after this many requests in a row without a usable reply, each after its last retry. */
const unansweredRequests = 3;

export const noCalls: Calls = { requests: 0, correlationIds: [] };

export function createRequest(options: RequestOptions): (batch: number, onTurn: () => void) => SendPairs {
  const { client, fromObjectType, toObjectType, signal, stop, attempts, run } = options;
  const direction = directionOf(options);
  const write = createBodyWriter();
  let unanswered = 0;

  const failed = (error: AnyAssociationsError, call: CallAttempts): Failure => {
    const judgement = judgeFailure(error, call.mayHaveSucceeded(error));
    unanswered = mayHaveSucceeded(error) ? unanswered + 1 : 0;
    const reason = stopReasonOf(judgement);
    if (reason !== undefined) stop.stop(reason, error);
    if (unanswered >= unansweredRequests) stop.stop('unreachable', error);
    return { kind: 'failure', judgement, calls: callsOf(call, correlationIdOf(error)) };
  };

  return (number, onTurn) => async (pairs) => {
    if (stop.error !== undefined) {
      return { kind: 'failure', judgement: { kind: 'unsent', stop: stop.error.reason }, calls: noCalls };
    }
    const call = attempts.follow(onTurn);
    try {
      let isInOrder = false;
      const readText = (text: string): JsonObject | undefined => {
        const body = readInOrder(text, pairs, direction);
        isInOrder = body !== undefined;
        return body;
      };
      const batch = { fromObjectType, toObjectType, body: () => write(pairs), readText, scope: { run, batch: number } };
      const reply = await client.post(batch, { signal, stopWaiting: stop.signal, onEvent: call.onEvent });
      unanswered = 0;
      const { correlationId } = reply;
      const calls = callsOf(call, correlationId === undefined ? [] : [correlationId]);
      return { kind: 'answered', ...reconcile(pairs, reply, options, isInOrder), calls };
    } catch (caught) {
      if (isAssociationsError(caught)) return failed(caught, call);
      return failed(new ConnectionError(messageOf(caught), { cause: caught, requestSent: true }), call);
    }
  };
}

function callsOf({ requests, correlationIds }: CallAttempts, last: readonly string[]): Calls {
  return { requests, correlationIds: [...correlationIds, ...last] };
}
