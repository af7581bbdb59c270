import type { StandardError } from '../../generated/schema.js';
import type { AnyAssociationsError, ApiError, InputError, StoppedError } from '../client/errors.js';
import type { AssociationInput } from '../client/validate.js';

interface OfInput {
  /** The input's place among all inputs, counted from 0. */
  readonly index: number;
  /** The input, the very object that was given. */
  readonly input: AssociationInput;
}

/** The API confirmed the pair. */
export interface Created extends OfInput {
  readonly kind: 'created';
  readonly error?: undefined;
}

/** The API refused the pair; `error` says why. */
export interface Failed extends OfInput {
  readonly kind: 'failed';
  readonly error: ApiError;
}

/** The input was refused here and not sent; `error` says where it is wrong. */
export interface Invalid extends OfInput {
  readonly kind: 'invalid';
  readonly error: InputError;
}

/** The pair was sent, and neither confirmed nor refused. Sending it again does no harm. */
export interface Unconfirmed extends OfInput {
  readonly kind: 'unconfirmed';
  readonly error: AnyAssociationsError;
}

/** The run stopped before the pair was sent, or the API took nothing of the request that held it. */
export interface Unsent extends OfInput {
  readonly kind: 'unsent';
  readonly error: StoppedError;
}

/** What became of one input. Every input that is read gets exactly one. */
export type Outcome = Created | Failed | Invalid | Unconfirmed | Unsent;

export type OutcomeKind = Outcome['kind'];

/** An input on its way. */
export interface IndexedInput {
  readonly index: number;
  readonly input: AssociationInput;
}

/** A batch of which every input has its outcome. */
export interface FinishedBatch {
  /** Batches are counted from 1, in the order in which they were formed. */
  readonly number: number;
  /** In the order of the inputs. */
  readonly outcomes: readonly Outcome[];
  /** The API's refusals that name no input of the batch. */
  readonly unmatchedErrors: readonly StandardError[];
  /** Requests that were sent for the batch: more than one where one failed, or was refused. */
  readonly requests: number;
  /** HubSpot's ids of those requests, as far as their replies had one; its support asks for them. */
  readonly correlationIds: readonly string[];
  readonly startedAt: Date;
  readonly finishedAt: Date;
}
