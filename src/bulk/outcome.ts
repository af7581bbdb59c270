import type { StandardError } from '../../generated/schema.js';
import type { AnyAssociationsError, ApiError, InputError, StoppedError } from '../client/errors.js';
import type { OutcomeKind } from '../client/outcome-kinds.js';
import type { AssociationInput } from '../client/validate.js';

export { noOutcomes, outcomeKinds, type OutcomeCounts, type OutcomeKind } from '../client/outcome-kinds.js';

/** An input on its way. */
export interface IndexedInput {
  /** The input's place among all inputs, counted from 0. */
  readonly index: number;
  /** The input, the very object that was given. */
  readonly input: AssociationInput;
}

/** What the outcomes of each kind say. */
interface ErrorOf extends Record<OutcomeKind, unknown> {
  created: undefined;
  failed: ApiError;
  invalid: InputError;
  unconfirmed: AnyAssociationsError;
  unsent: StoppedError;
}

type NotCreatedKind = Exclude<OutcomeKind, 'created'>;

interface Verdict<Kind extends OutcomeKind> {
  readonly kind: Kind;
  readonly error: ErrorOf[Kind];
}

/** The outcome of an input that was not created. */
export type NotCreated = { [Kind in NotCreatedKind]: Verdict<Kind> }[NotCreatedKind];

/** Whatever was not created, by its place in a list. All others of the list were created. */
export type Verdicts = ReadonlyMap<number, NotCreated>;

/** Whether such an input is not resent when its run is resumed. */
export function isFinal(kind: OutcomeKind): boolean {
  return kind === 'created' || kind === 'failed' || kind === 'invalid';
}

/** The API confirmed the pair. */
export interface Created extends IndexedInput {
  readonly kind: 'created';
  readonly error?: undefined;
}

/** The API refused the pair; `error` says why. */
export type Failed = IndexedInput & Verdict<'failed'>;

/** The input was refused here and not sent; `error` says where it is wrong. */
export type Invalid = IndexedInput & Verdict<'invalid'>;

/** The pair was sent, and neither confirmed nor refused. Resending it does no harm. */
export type Unconfirmed = IndexedInput & Verdict<'unconfirmed'>;

/** The run stopped before the pair was sent, or the API took nothing of the request that held it. */
export type Unsent = IndexedInput & Verdict<'unsent'>;

/** The outcome of one input. Every input that is read has exactly one. */
export type Outcome = Created | Failed | Invalid | Unconfirmed | Unsent;

/** What is known of a finished batch in addition to its outcomes. */
interface BatchFacts {
  /** Batches are counted from 1, in the order in which they were formed. */
  readonly number: number;
  /** The API's refusals that name no input of the batch. */
  readonly unmatchedErrors: readonly StandardError[];
  /** Requests that were sent for the batch: more than one where one failed, or was refused. */
  readonly requests: number;
  /** HubSpot's ids of those requests, as far as their replies had one; its support asks for them. */
  readonly correlationIds: readonly string[];
  readonly startedAt: Date;
  readonly finishedAt: Date;
}

/** A batch of which every input has its outcome. */
export interface FinishedBatch extends BatchFacts {
  /** In the order of the inputs. */
  readonly outcomes: readonly Outcome[];
}

/** A batch of which every item has its outcome. */
export interface SettledBatch<T> extends BatchFacts {
  readonly items: readonly T[];
  /** How many items came before, in other batches. */
  readonly itemsBefore: number;
  readonly notCreated: Verdicts;
  /** Items that named the pair of another one. */
  readonly merged: number;
}
