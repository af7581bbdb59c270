import { createOperations, type Operations } from '../../generated/client.js';
import { ApiError } from './errors.js';
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
   * How long this call may take until its whole reply is here, in milliseconds.
   * @defaultValue the client's `timeoutMs`
   */
  readonly timeoutMs?: number | undefined;
}

/** One documented call, done well. */
export interface Client {
  /**
   * Every operation of the spec as a function, by operationId, with this client's token, time limit
   * and errors. It checks neither what it sends nor what it receives.
   */
  readonly operations: Operations;
  /**
   * Associates pairs of records in one request.
   *
   * @returns The 2xx reply: `status` 201 when nothing was refused, 207 with `data.errors` otherwise.
   * @throws InputError, or ConfigurationError for the time limit, before anything is sent; ApiError for a reply that is not 2xx;
   *   ConnectionError, TimeoutError or ContractError when the reply is lost or cannot be read;
   *   StoppedError when the signal ends the call.
   */
  batchCreate(request: BatchCreateRequest, call?: CallOptions): Promise<BatchCreateReply>;
}

/** Makes a client for single calls. It holds the token out of sight: no property of it shows one. */
export function createClient(options: ResolvedOptions): Client {
  const send = createSend(options);
  const operations = createOperations({ baseUrl: options.baseUrl, fetch: (request) => send(request) });

  return {
    operations,
    async batchCreate({ fromObjectType, toObjectType, inputs }, { signal, timeoutMs } = {}) {
      validateBatch({ fromObjectType, toObjectType, inputs });
      if (timeoutMs !== undefined) requireTimeout(timeoutMs);
      const { data, response } = await operations
        .batchCreateAssociations({
          params: { path: { fromObjectType, toObjectType } },
          body: { inputs: [...inputs] },
          fetch: (request) => send(request, timeoutMs),
          ...(signal === undefined ? {} : { signal }),
        })
        .catch((error: unknown) => {
          if (options.validateResponses && error instanceof ApiError) report(options, error, error.body);
          throw error;
        });
      if (options.validateResponses) report(options, response, data);
      return readReply(response, data);
    },
  };
}

function report(options: ResolvedOptions, { status }: { readonly status: number }, body: unknown): void {
  const deviations = deviationsOf(status, body);
  if (deviations.length === 0) return;
  try {
    options.onEvent({ type: 'deviation', operationId: 'batchCreateAssociations', status, deviations });
  } catch {
    // An observer's failure is not the call's: its pairs have been associated.
  }
}
