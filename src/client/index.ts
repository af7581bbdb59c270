import { createClient as createResolved, type Client } from './create-client.js';
import { resolveOptions, type ClientOptions } from './options.js';

/**
 * Makes a client for single calls: the client of `hubspot-associations` without `createAll`, for places
 * where every kilobyte counts, such as an edge function or a web page.
 *
 * @example
 * ```ts
 * import { createClient } from 'hubspot-associations/client';
 *
 * const client = createClient({ accessToken });
 * const reply = await client.batchCreate({ fromObjectType: 'contacts', toObjectType: 'companies', inputs });
 * ```
 *
 * @throws ConfigurationError naming the invalid option.
 */
export function createClient(options: ClientOptions): Client {
  const client = createResolved(resolveOptions(options));
  return Object.freeze<Client>({
    operations: client.operations,
    batchCreate: (request, call) => client.batchCreate(request, call),
  });
}

export type { ApiVersion } from '../../generated/client.js';
export type { AccessTokenProvider } from './access-token.js';
export type { BatchCreateRequest, CallOptions, Client } from './create-client.js';
export {
  ApiError,
  AssociationsError,
  ConfigurationError,
  ConnectionError,
  ContractError,
  InputError,
  isAssociationsError,
  StoppedError,
  TimeoutError,
  type AnyAssociationsError,
  type InputIssue,
  type StopReason,
} from './errors.js';
export type {
  CallEvent,
  ClientEvent,
  Deviation,
  DeviationEvent,
  OfCall,
  PacedEvent,
  RequestEvent,
  RequestFinishedEvent,
  RetryEvent,
} from './events.js';
export type { Allowance, ClientOptions } from './options.js';
export type { ReplyIds } from './reply-ids.js';
export type { BatchCreateReply, CompleteReply, PartialReply } from './read-reply.js';
export { maximumInputs, type AssociationInput } from './validate.js';
