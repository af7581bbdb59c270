import type { StandardError } from '../../generated/schema.js';
import type { AnyAssociationsError, ApiError, InputError, StoppedError } from '../client/errors.js';
import type { OutcomeKind } from '../client/outcome-kinds.js';
import type { AssociationInput } from '../client/validate.js';

export { noOutcomes, outcomeKinds, type OutcomeCounts, type OutcomeKind } from '../client/outcome-kinds.js';

/** An input with its index. */
export interface IndexedInput {
  /** The input's place among all inputs, counted from 0. */
  readonly index: number;
  /** The same object that was given. */
  readonly input: AssociationInput;
}

/** The type of `error` for each kind of outcome. */
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

/** The outcomes that are not `created`, by place in a list. Everything else in the list was created. */
export type Verdicts = ReadonlyMap<number, NotCreated>;

/** Whether an outcome of this kind is final: the input is not resent when its run is resumed. */
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

/** The input was refused before sending; `error` says what is wrong with it. */
export type Invalid = IndexedInput & Verdict<'invalid'>;

/** The pair was sent, but neither confirmed nor refused. It is safe to resend. */
export type Unconfirmed = IndexedInput & Verdict<'unconfirmed'>;

/** The run stopped before the pair was sent, or the API accepted nothing of its request. */
export type Unsent = IndexedInput & Verdict<'unsent'>;

/** The outcome of one input. Every input that is read has exactly one. */
export type Outcome = Created | Failed | Invalid | Unconfirmed | Unsent;

/** Facts about a finished batch in addition to its outcomes. */
interface BatchFacts {
  /** Batches are counted from 1, in the order in which they were formed. */
  readonly number: number;
  /** The API's refusals that name no input of the batch. */
  readonly unmatchedErrors: readonly StandardError[];
  /** Requests sent for the batch: more than one if a request failed or was refused. */
  readonly requests: number;
  /** HubSpot's ids of those requests, if their replies had one. HubSpot's support asks for them. */
  readonly correlationIds: readonly string[];
  readonly startedAt: Date;
  readonly finishedAt: Date;
}

/** A batch whose inputs all have their outcome. */
export interface FinishedBatch extends BatchFacts {
  /** In the order of the inputs. */
  readonly outcomes: readonly Outcome[];
}

/** A batch whose items all have their outcome. */
export interface SettledBatch<T> extends BatchFacts {
  readonly items: readonly T[];
  /** The number of items in earlier batches. */
  readonly itemsBefore: number;
  readonly notCreated: Verdicts;
  /** The number of items that repeat the pair of another one. */
  readonly merged: number;
}
