import { untilAborted, wait } from './abort.js';
import { createAccessToken } from './access-token.js';
import { attempt, stopIfAborted, withStoppedError, withTimeLimit, type Message } from './attempt.js';
import { systemClock, type Clock } from './clock.js';
import { createErrorBudget } from './error-budget.js';
import { ConnectionError, isAssociationsError, messageOf, StoppedError, type AnyAssociationsError } from './errors.js';
import { emit, type CallEvent, type CallScope, type OfCall, type RequestFinishedEvent } from './events.js';
import type { ResolvedOptions } from './options.js';
import { createPacer, type Turn } from './pacer.js';
import { readServerCount } from './rate-limit-headers.js';
import type { Reply } from './read-body.js';
import { createReadingTurn } from './reading-turn.js';
import { noIds, replyIdsOf, type ReplyIds } from './reply-ids.js';
import { decide, pauseForAllRequests, spendsErrorBudget } from './retry-policy.js';

interface SendOptions<T> {
  /** Time limit per attempt, in milliseconds. Defaults to the client's `timeoutMs`. */
  readonly timeoutMs?: number | undefined;
  /** Maximum attempts, the first included. */
  readonly maxAttempts: number;
  /** Ends the call while it waits. A request in progress is completed. */
  readonly stopWaiting?: AbortSignal | undefined;
  /**
   * Turns a 2xx reply into the result of the call. Throws if the reply cannot be used, and the attempt has
   * failed.
   */
  readonly read: (reply: Reply) => T;
  readonly onEvent?: ((event: CallEvent) => void) | undefined;
  /** The run and the batch that the call belongs to. */
  readonly scope?: CallScope | undefined;
}

/** Sends a request, and returns what `read` makes of its 2xx reply. */
export type Send = <T>(request: Message, call: SendOptions<T>) => Promise<T>;

/** Sends the requests of a client. */
export interface Sender {
  readonly send: Send;
  /** Settles when no request may be sent right now. */
  readonly idle: () => Promise<void>;
  /** Announces that a request is being prepared. Until it is sent, replies wait a little to be read. */
  readonly expectRequest: () => void;
}

/** Shares the token, the pacing and the error budget among all calls of a client. */
export function createSender(options: ResolvedOptions, clock: Clock = systemClock): Sender {
  const accessToken = createAccessToken(options.accessToken);
  const errorBudget = createErrorBudget();
  const earlierMs = options.earlierRequests.map((sentAt) => Date.now() - sentAt.getTime());
  const slowdown = (): number => errorBudget.slowdown;
  const pacer = createPacer({ allowance: options.allowance, earlierMs, slowdown }, clock);
  const readingTurn = createReadingTurn(pacer.idle, clock);

  /** A token may be refused while a request waits for its turn, so it is checked again afterwards. */
  const takeTurn = async (
    request: Message,
    timeoutMs: number,
    stopWaiting: AbortSignal | undefined,
  ): Promise<{ turn: Turn; token: string }> => {
    for (;;) {
      await withTimeLimit(request, timeoutMs, (signal) => untilAborted(accessToken.get(), signal));
      const turn = await withStoppedError(pacer.turn(request.signal, stopWaiting), request, stopWaiting);
      const token = accessToken.held;
      if (token !== undefined) return { turn, token };
      turn.withdraw();
    }
  };

  const sendInTurn = async <T>(request: Message, turn: Turn, token: string, call: SendOptions<T>): Promise<T> => {
    const { fetch, userAgent, maxReplyBytes } = options;
    const { timeoutMs = options.timeoutMs, read } = call;
    const onReply = ({ status, headers }: Response): void => {
      turn.end(status, options.allowance === false ? undefined : readServerCount(headers, options.allowance.perMs));
      if (status !== 401) accessToken.accept(token);
    };
    try {
      const limits = { timeoutMs, maxReplyBytes };
      const result = await attempt(request, { fetch, userAgent, token, ...limits, onReply, readingTurn, read });
      errorBudget.add(false);
      return result;
    } catch (error) {
      const failure = failureOf(error);
      errorBudget.add(spendsErrorBudget(failure));
      pacer.hold(pauseForAllRequests(failure, options.allowance === false));
      throw failure;
    } finally {
      turn.end();
    }
  };

  /** Settles when it is time to resend the request; rejects if it is not to be resent. */
  const waitForRetry = async (
    request: Message,
    { token, number, error }: { token: string; number: number; error: AnyAssociationsError },
    { of, maxAttempts, onEvent, stopWaiting }: Omit<SendOptions<unknown>, 'read'> & { readonly of: OfCall },
  ): Promise<void> => {
    const mayRenewToken = error.code === 'API' && error.status === 401 && accessToken.reject(token);
    if (errorBudget.exhausted()) throw budgetExhausted(error);
    const decision = decide(error, { attempt: number, maxAttempts, random: clock.random() });
    if (decision.kind === 'giveUp' || (decision.kind === 'renewToken' && !mayRenewToken)) throw error;
    const waitMs = decision.kind === 'retry' ? decision.waitMs : 0;
    onEvent?.({ ...of, type: 'request.retried', attempt: number, error, waitMs });
    await withStoppedError(wait(clock, waitMs, [request.signal, stopWaiting]), request, stopWaiting);
    if (decision.kind === 'renewToken' && accessToken.isRefused) throw error;
  };

  let calls = 0;
  const send: Send = async (request, call) => {
    const { timeoutMs = options.timeoutMs, read } = call;
    const of: OfCall = { ...call.scope, call: (calls += 1) };
    const onEvent = (event: CallEvent): void => {
      emit(options.onEvent, event);
      emit(call.onEvent, event);
    };
    stopIfAborted(request);
    for (let number = 1; ; number += 1) {
      const { turn, token } = await takeTurn(request, timeoutMs, call.stopWaiting);
      if (turn.waitedMs >= 1) onEvent({ ...of, type: 'request.paced', waitedMs: turn.waitedMs });
      onEvent({ ...of, type: 'request.sent', method: request.method, url: request.url, attempt: number });
      let reply: Response | undefined;
      const readAndKeepReply = (received: Reply): ReturnType<typeof read> => {
        reply = received.response;
        return read(received);
      };
      try {
        const result = await sendInTurn(request, turn, token, { ...call, read: readAndKeepReply });
        onEvent({ ...of, type: 'request.finished', attempt: number, ...attemptResult(undefined, reply) });
        return result;
      } catch (caught) {
        const error = failureOf(caught);
        onEvent({ ...of, type: 'request.finished', attempt: number, ...attemptResult(error, reply) });
        await waitForRetry(request, { token, number, error }, { ...call, of, onEvent });
      }
    }
  };
  return { send, idle: pacer.idle, expectRequest: pacer.expectRequest };
}

/** How an attempt ended, according to its error, or its reply if there is no error. */
function attemptResult(
  error: AnyAssociationsError | undefined,
  reply: Response | undefined,
): Pick<RequestFinishedEvent, 'status' | 'error' | 'correlationId' | 'requestId'> {
  const { correlationId, requestId } = error !== undefined && 'requestId' in error ? error : idsOf(reply);
  const status = error !== undefined && 'status' in error ? error.status : reply?.status;
  return { status, error, correlationId, requestId };
}

function idsOf(reply: Response | undefined): ReplyIds {
  return reply === undefined ? noIds : replyIdsOf(reply.headers);
}

function failureOf(error: unknown): AnyAssociationsError {
  if (isAssociationsError(error)) return error;
  return new ConnectionError(messageOf(error), { cause: error, requestSent: true });
}

function budgetExhausted(error: AnyAssociationsError): StoppedError {
  const message =
    'More than 5 % of the last 1,000 requests failed, even at a lower rate. ' +
    `HubSpot tolerates no more; run it again later. The last one: ${error.message}`;
  return new StoppedError(message, { reason: 'refused', cause: error });
}
