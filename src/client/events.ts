import type { AnyAssociationsError, StoppedError } from './errors.js';
import type { OutcomeCounts } from './outcome-kinds.js';
import type { ReplyIds } from './reply-ids.js';

/** One difference between a reply and the spec. */
export interface Deviation {
  /** JSON pointer within the reply's body. */
  readonly pointer: string;
  readonly message: string;
}

/** A reply differs from the spec, but not in a part that the outcome of the inputs depends on. */
export interface DeviationEvent {
  readonly type: 'reply.deviated';
  readonly operationId: string;
  /** The HTTP status of the reply. */
  readonly status: number;
  readonly deviations: readonly Deviation[];
}

/** The run and the batch that a call belongs to, if any. */
export interface CallScope {
  /** Runs of a client are counted from 1. */
  readonly run?: number;
  /** Batches of a run are counted from 1. */
  readonly batch?: number;
}

/** The call that an event is about. */
export interface OfCall extends CallScope {
  /** Calls of a client are counted from 1. */
  readonly call: number;
}

/** A request is being sent. */
export interface RequestEvent extends OfCall {
  readonly type: 'request.sent';
  readonly method: string;
  /** Contains object types and, in some operations, record ids. */
  readonly url: string;
  /** Which attempt of the call this is, counted from 1. */
  readonly attempt: number;
}

/** An attempt has ended: its reply has been read, or it has failed. */
export interface RequestFinishedEvent extends OfCall, ReplyIds {
  readonly type: 'request.finished';
  /** Which attempt of the call this is, counted from 1. */
  readonly attempt: number;
  /** The HTTP status of the reply; `undefined` if there was none. */
  readonly status: number | undefined;
  /** Why the attempt failed, if it did. */
  readonly error: AnyAssociationsError | undefined;
}

/** An attempt has failed, and the request will be retried. */
export interface RetryEvent extends OfCall {
  readonly type: 'request.retried';
  /** The attempt that failed, counted from 1. */
  readonly attempt: number;
  readonly error: AnyAssociationsError;
  /** The pause before the request waits for its next turn, in milliseconds. */
  readonly waitMs: number;
}

/** A request had to wait for the allowance, or for a pause that the API asked for. */
export interface PacedEvent extends OfCall {
  readonly type: 'request.paced';
  readonly waitedMs: number;
}

/** The events of one call. */
export type CallEvent = RequestEvent | RequestFinishedEvent | RetryEvent | PacedEvent | DeviationEvent;

/** A run starts. */
export interface RunStartedEvent {
  readonly type: 'run.started';
  /** Runs of a client are counted from 1. */
  readonly run: number;
  readonly fromObjectType: string;
  readonly toObjectType: string;
}

/** A run has ended, and every input that was read has its outcome. */
export interface RunFinishedEvent {
  readonly type: 'run.finished';
  readonly run: number;
  /** Why the run stopped early, if it did. */
  readonly stopped: StoppedError | undefined;
}

/** A batch of a run is sent for the first time. */
export interface BatchSentEvent {
  readonly type: 'batch.sent';
  readonly run: number;
  /** Batches are counted from 1. */
  readonly batch: number;
  readonly inputs: number;
}

/** A batch of a run has finished, and each of its inputs has its outcome. */
export interface BatchFinishedEvent extends OutcomeCounts {
  readonly type: 'batch.finished';
  readonly run: number;
  readonly batch: number;
}

/** Some inputs of a batch repeated the pair of an earlier input, and were merged with it. */
export interface MergedEvent {
  readonly type: 'inputs.merged';
  readonly run: number;
  readonly batch: number;
  readonly inputs: number;
}

/** A run stops before all its inputs have been sent. */
export interface StopEvent {
  readonly type: 'run.stopped';
  readonly error: StoppedError;
}

/** The events that `onEvent` receives. No event holds a token. */
export type ClientEvent =
  CallEvent | RunStartedEvent | RunFinishedEvent | BatchSentEvent | BatchFinishedEvent | MergedEvent | StopEvent;

/**
 * Emits an event to an observer. Observer errors, thrown or rejected, are ignored: they must not fail the
 * work.
 */
export function emit<E>(observer: ((event: E) => unknown) | undefined, event: E): void {
  try {
    const returned = observer?.(event);
    if (returned !== undefined) Promise.resolve(returned).catch(() => undefined);
  } catch {
    // Observer errors are ignored.
  }
}
