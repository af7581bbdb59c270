export { createAssociationsClient, type AssociationsClient } from './associations-client.js';

export type { AccessTokenProvider } from './client/access-token.js';
export type { BatchCreateRequest, CallOptions } from './client/create-client.js';
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
} from './client/errors.js';
export type {
  BatchFinishedEvent,
  BatchSentEvent,
  CallEvent,
  ClientEvent,
  Deviation,
  DeviationEvent,
  MergedEvent,
  OfCall,
  PacedEvent,
  RequestEvent,
  RequestFinishedEvent,
  RetryEvent,
  RunFinishedEvent,
  RunStartedEvent,
  StopEvent,
} from './client/events.js';
export type { Allowance, ClientOptions } from './client/options.js';
export type { ReplyIds } from './client/reply-ids.js';
export type { BatchCreateReply, CompleteReply, PartialReply } from './client/read-reply.js';
export { maximumInputs, type AssociationInput } from './client/validate.js';

export type {
  Created,
  Failed,
  FinishedBatch,
  Invalid,
  Outcome,
  OutcomeKind,
  Unconfirmed,
  Unsent,
} from './bulk/outcome.js';
export type { CreateAllRequest, Run, RunSummary } from './bulk/run.js';

export {
  apiVersions,
  createOperations,
  operationDetails,
  type ApiVersion,
  type Operations,
  type OperationsOptions,
} from '../generated/client.js';
export type {
  AssociationSpec,
  BatchInputPublicAssociationMultiPost,
  BatchResponseLabelsBetweenObjectPair,
  BatchResponseLabelsBetweenObjectPairWithErrors,
  ErrorDetail,
  LabelsBetweenObjectPair,
  PublicAssociationMultiPost,
  PublicObjectId,
  RateLimitError,
  StandardError,
} from '../generated/schema.js';
