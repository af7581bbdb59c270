import type { StandardError } from '../../generated/schema.js';
import { noIds, type ReplyIds } from './reply-ids.js';

const brand = Symbol.for('hubspot-associations.error');

/** The base class of every error of this package. Distinguish them by `code` or with `instanceof`. */
export abstract class AssociationsError extends Error {
  abstract readonly code: string;
  readonly [brand] = true;
}

/** An option of the client, or an argument of the command line, is invalid. */
export class ConfigurationError extends AssociationsError {
  override readonly name = 'ConfigurationError';
  readonly code = 'CONFIGURATION';
  /** The option's name. */
  readonly option: string;

  constructor(option: string, message: string, options?: ErrorOptions) {
    super(`${option}: ${message}`, options);
    this.option = option;
  }
}

/** One way in which an input differs from what the API documents. */
export interface InputIssue {
  /** JSON pointer within the value that was given. */
  readonly pointer: string;
  readonly message: string;
}

/** Formats an issue for people to read. */
export function issueText({ pointer, message }: InputIssue): string {
  return pointer === '' ? message : `${pointer} ${message}`;
}

/** An input was refused before anything was sent. */
export class InputError extends AssociationsError {
  override readonly name = 'InputError';
  readonly code = 'INPUT';
  /** JSON pointer of the first issue. */
  readonly pointer: string;
  /** All issues, the first included. */
  readonly issues: readonly InputIssue[];
  /** The line of the file that the input comes from, counted from 1. */
  readonly row: number | undefined;

  constructor(issues: readonly [InputIssue, ...InputIssue[]], row?: number) {
    const [first] = issues;
    const more = issues.length > 1 ? ` (and ${String(issues.length - 1)} more)` : '';
    super(`${row === undefined ? '' : `row ${String(row)}: `}${issueText(first)}${more}`);
    this.pointer = first.pointer;
    this.issues = issues;
    this.row = row;
  }
}

/** The API refused a whole request (a reply that is not 2xx), or one input within a 207. */
export class ApiError extends AssociationsError {
  override readonly name = 'ApiError';
  readonly code = 'API';
  /** The HTTP status of the reply. */
  declare readonly status: number;
  /** HubSpot's kind of error, such as `VALIDATION_ERROR`. A 429 has none. */
  declare readonly category?: string | undefined;
  declare readonly subCategory?: string | undefined;
  /** The id of the request, which HubSpot's support asks for. */
  declare readonly correlationId?: string | undefined;
  /** The `X-Request-Id` of the reply. */
  declare readonly requestId?: string | undefined;
  /** For a 429: the limit that is used up, such as `TEN_SECONDLY_ROLLING` or `DAILY`. */
  declare readonly policyName?: string | undefined;
  /** How long the API asks the client to wait before the next request, in milliseconds, from `Retry-After`. */
  declare readonly retryAfterMs?: number | undefined;
  /** The parsed body of the reply, or its text when it is not JSON. Not part of the message. */
  declare readonly body?: unknown;
  /** For one input within a 207: every error that names it. */
  declare readonly errors?: readonly StandardError[] | undefined;

  constructor(message: string, refusal: Refusal) {
    super(message);
    Object.assign(this, refusal);
  }
}

/** What is known about a refusal. */
export type Refusal = Omit<ApiError, keyof AssociationsError>;

/** There was no reply, or it broke off. It has ids if the headers of a reply arrived. */
export class ConnectionError extends AssociationsError implements ReplyIds {
  override readonly name = 'ConnectionError';
  readonly code = 'CONNECTION';
  /** Whether the request may have reached the API, so that its pairs may have been associated. */
  readonly requestSent: boolean;
  readonly correlationId: string | undefined;
  readonly requestId: string | undefined;

  constructor(message: string, options: ErrorOptions & Partial<ReplyIds> & { requestSent: boolean }) {
    super(message, options);
    this.requestSent = options.requestSent;
    this.correlationId = options.correlationId;
    this.requestId = options.requestId;
  }
}

/**
 * The whole reply did not arrive in time. The pairs may still have been associated. It has ids if the
 * headers of a reply arrived.
 */
export class TimeoutError extends AssociationsError implements ReplyIds {
  override readonly name = 'TimeoutError';
  readonly code = 'TIMEOUT';
  readonly timeoutMs: number;
  readonly correlationId: string | undefined;
  readonly requestId: string | undefined;

  constructor(message: string, timeoutMs: number, { correlationId, requestId } = noIds) {
    super(message);
    this.timeoutMs = timeoutMs;
    this.correlationId = correlationId;
    this.requestId = requestId;
  }
}

/** A reply differs from the spec in a part that the outcome of the inputs depends on. */
export class ContractError extends AssociationsError implements ReplyIds {
  override readonly name = 'ContractError';
  readonly code = 'CONTRACT';
  /** The HTTP status of the reply. */
  readonly status: number;
  /** JSON pointer within the body. */
  readonly pointer: string;
  readonly correlationId: string | undefined;
  readonly requestId: string | undefined;

  constructor(message: string, options: ErrorOptions & Partial<ReplyIds> & { status: number; pointer: string }) {
    super(message, options);
    this.status = options.status;
    this.pointer = options.pointer;
    this.correlationId = options.correlationId;
    this.requestId = options.requestId;
  }
}

/**
 * Why the work stopped early: `aborted` by the caller's signal; `refused`: the API accepts no requests with
 * this token now; `unreachable`: it has stopped answering; `source`: the inputs could not be read any
 * further; `abandoned`: the consumer stopped reading.
 */
export type StopReason = 'aborted' | 'refused' | 'unreachable' | 'source' | 'abandoned';

/** The work stopped early. It is safe to repeat: associating a pair twice changes nothing. */
export class StoppedError extends AssociationsError {
  override readonly name = 'StoppedError';
  readonly code = 'STOPPED';
  readonly reason: StopReason;
  /** When the work can be resumed, if the API has said so. */
  readonly resumeAt: Date | undefined;

  constructor(message: string, options: ErrorOptions & { reason: StopReason; resumeAt?: Date | undefined }) {
    super(message, options);
    this.reason = options.reason;
    this.resumeAt = options.resumeAt;
  }
}

/** Every error of this package, distinguished by `code`. */
export type AnyAssociationsError =
  ConfigurationError | InputError | ApiError | ConnectionError | TimeoutError | ContractError | StoppedError;

/** Whether a value is an error of this package, even of another copy of it. */
export function isAssociationsError(value: unknown): value is AnyAssociationsError {
  return typeof value === 'object' && value !== null && brand in value;
}

/** The message of any thrown value. */
export function messageOf(error: unknown): string {
  const message = typeof error === 'object' && error !== null && 'message' in error ? error.message : error;
  return typeof message === 'string' ? message : 'an unknown error';
}
