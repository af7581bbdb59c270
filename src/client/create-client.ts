import type { Operations } from '../../generated/client.js';
import { createClientOperations } from './client-operations.js';
import { ApiError } from './errors.js';
import { emit, type CallEvent, type CallScope } from './events.js';
import type { JsonObject } from './json.js';
import { requireKnown, requireTimeout, type ResolvedOptions } from './options.js';
import { parseJson, type Reply } from './read-body.js';
import { deviationsOf, readBatchBody, readReply, type BatchBody, type BatchCreateReply } from './read-reply.js';
import { replyIdsOf, type ReplyIds } from './reply-ids.js';
import { systemClock, type Clock } from './clock.js';
import { createSender } from './send.js';
import { validateBatch, writeBatch, type AssociationInput } from './validate.js';

/** What one call associates. */
export interface BatchCreateRequest {
  /** The object type of every first record: a name such as `contacts`, or a type id such as `0-1`. */
  readonly fromObjectType: string;
  /** The object type of every second record. */
  readonly toObjectType: string;
  /** The pairs: at most the spec's limit of 2,000. */
  readonly inputs: readonly AssociationInput[];
}

/** Options of one call. */
export interface CallOptions {
  /** Ends the call with a `StoppedError`. */
  readonly signal?: AbortSignal | undefined;
  /**
   * Ends the call with a `StoppedError` while it waits for the allowance or for a retry. A request in
   * progress is completed.
   */
  readonly stopWaiting?: AbortSignal | undefined;
  /**
   * Time limit per attempt of this call, until its whole reply has arrived, in milliseconds.
   * @defaultValue the client's `timeoutMs`
   */
  readonly timeoutMs?: number | undefined;
  /** Called with the events of this call, in addition to the client's `onEvent`. Observer errors are ignored. */
  readonly onEvent?: ((event: CallEvent) => void) | undefined;
}

const callOptions = ['signal', 'stopWaiting', 'timeoutMs', 'onEvent'] as const satisfies (keyof CallOptions)[];

/** A client for single calls. */
export interface Client {
  /**
   * Every operation of the spec as a function, by operationId, with this client's token, allowance, time
   * limit and errors. They check neither requests nor replies, and do not retry, since not every operation
   * may safely be repeated.
   */
  readonly operations: Operations;
  /**
   * Associates pairs of records in one request. Retries transient failures: associating a pair twice
   * changes nothing.
   *
   * @returns The 2xx reply: `status` 201 if nothing was refused, otherwise 207 with `data.errors`.
   * @throws InputError for the request, or ConfigurationError for the options of the call, before
   *   anything is sent; ApiError for a reply that is not 2xx; ConnectionError, TimeoutError or
   *   ContractError when the reply is lost or cannot be read; StoppedError when the signal ends the call.
   */
  batchCreate(request: BatchCreateRequest, call?: CallOptions): Promise<BatchCreateReply>;
}

/** A batch whose inputs have been validated. */
interface Batch {
  readonly fromObjectType: string;
  readonly toObjectType: string;
  /** Writes the body of the request as JSON, again for each attempt: `fetch` copies it. */
  readonly body: () => NonNullable<RequestInit['body']>;
  /** Reads the text of a 2xx reply in the caller's own way. If it returns nothing, the text is parsed as JSON. */
  readonly readText?: (text: string) => JsonObject | undefined;
  /** The run and the batch that the events of the call name. */
  readonly scope?: CallScope;
}

/** The reply to a batch. Nothing in it holds the token. */
export interface RawReply extends ReplyIds {
  /** The 2xx status as sent. */
  readonly status: number;
  /** The parsed body. Its `results` is a list of objects whose ids are strings or safe integers. */
  readonly body: JsonObject;
}

/** Sends batches for runs, which read the replies themselves. */
export interface BatchPoster {
  /**
   * Sends a body that has already been validated and written as JSON. It is paced, retried and reported
   * like `batchCreate`, and fails like it.
   */
  post(batch: Batch, call: CallOptions): Promise<RawReply>;
  /** Settles when no request may be sent right now: time to prepare the next ones. */
  idle(): Promise<void>;
  /**
   * Announces that a batch is being prepared and will soon be posted. Until then, replies wait a little to
   * be read.
   */
  expectBatch(): void;
}

/** The reply to a batch, as `batchCreate` needs it. */
interface BatchReply extends RawReply {
  readonly body: BatchBody;
  readonly response: Response;
}

/** Makes a client for single calls. No property of it shows the token. */
export function createClient(options: ResolvedOptions, clock: Clock = systemClock): Client & BatchPoster {
  const { send, idle, expectRequest } = createSender(options, clock);
  const operations = createClientOperations(options, send);

  const post = async (
    { fromObjectType, toObjectType, body, readText, scope }: Batch,
    { signal, stopWaiting, timeoutMs, onEvent }: CallOptions,
  ): Promise<BatchReply> => {
    const observers = options.validateResponses ? [options.onEvent, onEvent] : [];
    const read = (reply: Reply): BatchReply => {
      const parsed = readText?.(reply.text) ?? parseJson(reply);
      reportDeviations(observers, reply.response, parsed);
      return batchReply(reply, parsed);
    };
    const call = { timeoutMs, stopWaiting, onEvent, read, scope, maxAttempts: options.maxAttempts };
    const received: { reply?: BatchReply } = {};
    // openapi-fetch only builds the URL and the headers here. The body is already written, and `read`
    // parses the reply.
    const init = {
      params: { path: { fromObjectType, toObjectType } },
      body: { inputs: [] },
      bodySerializer: () => '',
      Request: RequestTarget,
      parseAs: 'stream' as const,
      fetch: async ({ url, method, headers }: RequestTarget) => {
        received.reply = await send({ url, method, headers, body, signal }, call);
        return received.reply.response;
      },
    };
    await operations.batchCreateAssociations(init).catch((error: unknown) => {
      if (error instanceof ApiError) reportDeviations(observers, error, error.body);
      throw error;
    });
    if (received.reply === undefined) throw new Error('openapi-fetch has not sent the request.');
    return received.reply;
  };

  return {
    operations,
    post,
    idle,
    expectBatch: expectRequest,
    async batchCreate(request, call = {}) {
      const { fromObjectType, toObjectType, inputs } = validateBatch(request);
      requireKnown(call, callOptions);
      if (call.timeoutMs !== undefined) requireTimeout(call.timeoutMs);
      const text = writeBatch(inputs);
      const { response, body } = await post({ fromObjectType, toObjectType, body: () => text }, call);
      return readReply(response, body);
    },
  };
}

/** What openapi-fetch makes instead of a `Request`, which would encode the body and have to be read again. */
class RequestTarget {
  readonly url: string;
  readonly method: string;
  readonly headers: Headers;

  constructor(url: string, { method = 'GET', headers }: RequestInit = {}) {
    this.url = url;
    this.method = method;
    this.headers = new Headers(headers);
  }
}

function batchReply({ response }: Reply, parsed: unknown): BatchReply {
  const { status, headers } = response;
  const body = readBatchBody(response, parsed);
  return { status, body, response, ...replyIdsOf(headers) };
}

function reportDeviations(
  observers: readonly (((event: CallEvent) => void) | undefined)[],
  { status }: { readonly status: number },
  body: unknown,
): void {
  if (observers.length === 0) return;
  const deviations = deviationsOf(status, body);
  if (deviations.length === 0) return;
  for (const observer of observers) {
    emit<CallEvent>(observer, { type: 'reply.deviated', operationId: 'batchCreateAssociations', status, deviations });
  }
}
