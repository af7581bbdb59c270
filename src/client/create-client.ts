import { createOperations, type Operations } from '../../generated/client.js';
import { ApiError } from './errors.js';
import { tell, type CallEvent } from './events.js';
import type { JsonObject } from './json.js';
import { requireTimeout, type ResolvedOptions } from './options.js';
import { deviationsOf, readReply, type BatchCreateReply } from './read-reply.js';
import { createSend } from './send.js';
import { validateBatch, type AssociationInput } from './validate.js';

/** What one call associates. */
export interface BatchCreateRequest {
  /** The object type of every first record: a name such as `contacts`, or a type id such as `0-1`. */
  readonly fromObjectType: string;
  /** The object type of every second record. */
  readonly toObjectType: string;
  /** The pairs: at most the spec's limit of 2,000. */
  readonly inputs: readonly AssociationInput[];
}

/** What can be said of one call. */
export interface CallOptions {
  /** Ends the call with a `StoppedError`. */
  readonly signal?: AbortSignal | undefined;
  /**
   * Ends the call with a `StoppedError` as long as it waits, for the allowance or to be sent again.
   * A request that is under way goes on to its end.
   */
  readonly stopWaiting?: AbortSignal | undefined;
  /**
   * How long each attempt of this call may take until its whole reply is here, in milliseconds.
   * @defaultValue the client's `timeoutMs`
   */
  readonly timeoutMs?: number | undefined;
  /** Is told what happens in this call, besides the client's own. */
  readonly onEvent?: ((event: CallEvent) => void) | undefined;
}

/** One documented call, done well. */
export interface Client {
  /**
   * Every operation of the spec as a function, by operationId, with this client's token, allowance,
   * time limit and errors. It checks neither what it sends nor what it receives, and sends it once,
   * since it does not know what may be done twice.
   */
  readonly operations: Operations;
  /**
   * Associates pairs of records in one request, which is sent again where it fails in a way that
   * passes: doing it twice changes nothing.
   *
   * @returns The 2xx reply: `status` 201 when nothing was refused, 207 with `data.errors` otherwise.
   * @throws InputError, or ConfigurationError for the time limit, before anything is sent; ApiError for a reply that is not 2xx;
   *   ConnectionError, TimeoutError or ContractError when the reply is lost or cannot be read;
   *   StoppedError when the signal ends the call.
   */
  batchCreate(request: BatchCreateRequest, call?: CallOptions): Promise<BatchCreateReply>;
}

export interface RawReply { readonly status: number; readonly body: JsonObject; readonly correlationId: string | undefined }
export interface BatchPoster {
  post(batch: { fromObjectType: string; toObjectType: string; body: string }, call: CallOptions): Promise<RawReply>;
}

/** Makes a client for single calls. It holds the token out of sight: no property of it shows one. */
export function createClient(options: ResolvedOptions): Client & BatchPoster {
  const send = createSend(options);
  const operations = createOperations({
    baseUrl: options.baseUrl,
    fetch: (request) => send(request, { maxAttempts: 1 }),
  });

  const client: Client & BatchPoster = {
    operations,
    post: async ({ fromObjectType, toObjectType, body }, call) => {
      const { data, response } = await client.batchCreate({ fromObjectType, toObjectType, ...JSON.parse(body) }, call);
      return { status: response.status, body: data as unknown as JsonObject, correlationId: response.headers.get('x-hubspot-correlation-id') ?? undefined };
    },
    async batchCreate({ fromObjectType, toObjectType, inputs }, { signal, stopWaiting, timeoutMs, onEvent } = {}) {
      validateBatch({ fromObjectType, toObjectType, inputs });
      if (timeoutMs !== undefined) requireTimeout(timeoutMs);
      const observers = options.validateResponses ? [options.onEvent, onEvent] : [];
      let reply: BatchCreateReply | undefined;
      const requireUsable = (response: Response, body: unknown): void => {
        report(observers, response, body);
        reply = readReply(response, body);
      };
      const call = { timeoutMs, stopWaiting, onEvent, requireUsable, maxAttempts: options.maxAttempts };
      const { data, response } = await operations
        .batchCreateAssociations({
          params: { path: { fromObjectType, toObjectType } },
          body: { inputs: [...inputs] },
          fetch: (request) => send(request, call),
          ...(signal === undefined ? {} : { signal }),
        })
        .catch((error: unknown) => {
          if (error instanceof ApiError) report(observers, error, error.body);
          throw error;
        });
      return reply ?? readReply(response, data);
    },
  };
  return client;
}

function report(
  observers: readonly (((event: CallEvent) => void) | undefined)[],
  { status }: { readonly status: number },
  body: unknown,
): void {
  if (observers.length === 0) return;
  const deviations = deviationsOf(status, body);
  if (deviations.length === 0) return;
  for (const observer of observers) {
    tell<CallEvent>(observer, { type: 'deviation', operationId: 'batchCreateAssociations', status, deviations });
  }
}
