import { createAll, type CreateAllRequest, type Run } from './bulk/run.js';
import { createClient, type Client } from './client/create-client.js';
import { resolveOptions, type ClientOptions } from './client/options.js';

/** The client of this package: one call, or any number of pairs. */
export interface AssociationsClient extends Client {
  /**
   * Associates any number of pairs, in requests of at most the spec's limit. Each input gets exactly one
   * outcome.
   *
   * @throws InputError for the object types, ConfigurationError for the batch size. Nothing throws after
   *   that: a failed input is an outcome, and a stop is part of the summary.
   */
  createAll(request: CreateAllRequest): Run;
}

/**
 * Makes a client.
 *
 * @example
 * ```ts
 * const client = createAssociationsClient({ accessToken: process.env.HUBSPOT_ACCESS_TOKEN ?? '' });
 * const run = client.createAll({ fromObjectType: 'contacts', toObjectType: 'companies', inputs });
 * for await (const batch of run) for (const outcome of batch.outcomes) console.log(outcome.kind);
 * ```
 *
 * @throws ConfigurationError naming the invalid option.
 */
export function createAssociationsClient(clientOptions: ClientOptions): AssociationsClient {
  const options = resolveOptions(clientOptions);
  const client = createClient(options);
  let runs = 0;
  return Object.freeze<AssociationsClient>({
    operations: client.operations,
    batchCreate: (batch, call) => client.batchCreate(batch, call),
    createAll: (request) => createAll(client, request, { ...options, run: (runs += 1) }),
  });
}
