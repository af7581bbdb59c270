import type { AnyAssociationsError, StoppedError } from './errors.js';

/** One place where a reply differs from the spec. */
export interface Deviation {
  /** JSON pointer of the place in the reply's body. */
  readonly pointer: string;
  readonly message: string;
}

/** A reply differs from the spec, in nothing that the outcome of the inputs depends on. */
export interface DeviationEvent {
  readonly type: 'reply.deviated';
  readonly operationId: string;
  /** The HTTP status of the reply. */
  readonly status: number;
  readonly deviations: readonly Deviation[];
}

/** A request is being sent. */
export interface RequestEvent {
  readonly type: 'request.sent';
  /** Which attempt of the call this is, counted from 1. */
  readonly attempt: number;
}

/** A request has failed, and is going to be retried. */
export interface RetryEvent {
  readonly type: 'request.retried';
  /** The attempt that failed, counted from 1. */
  readonly attempt: number;
  readonly error: AnyAssociationsError;
  /** The pause before it waits for its turn again, in milliseconds. */
  readonly waitMs: number;
}

/** A request had to wait for the allowance, or because the API had asked for a pause. */
export interface PacedEvent {
  readonly type: 'request.paced';
  readonly waitedMs: number;
}

/** The events of one call. */
export type CallEvent = RequestEvent | RetryEvent | PacedEvent | DeviationEvent;

/** A batch of a run goes out for the first time. */
export interface BatchSentEvent {
  readonly type: 'batch.sent';
  /** Batches are counted from 1. */
  readonly batch: number;
  readonly inputs: number;
}

/** A batch of a run has finished: each of its inputs has its outcome. */
export interface BatchFinishedEvent {
  readonly type: 'batch.finished';
  readonly batch: number;
  readonly created: number;
  readonly failed: number;
  readonly invalid: number;
  readonly unconfirmed: number;
  readonly unsent: number;
}

/** Inputs of a batch named a pair that another input had named before, and went with that one. */
export interface MergedEvent {
  readonly type: 'inputs.merged';
  readonly batch: number;
  readonly inputs: number;
}

/** A run ends before its inputs do. */
export interface StopEvent {
  readonly type: 'run.stopped';
  readonly error: StoppedError;
}

/** The events that `onEvent` is called with. No event holds a token. */
export type ClientEvent = CallEvent | BatchSentEvent | BatchFinishedEvent | MergedEvent | StopEvent;

/**
 * Emits an event to an observer. Observer errors, thrown or rejected, do not fail the work: pairs
 * have been associated meanwhile.
 */
export function emit<E>(observer: ((event: E) => unknown) | undefined, event: E): void {
  try {
    const returned = observer?.(event);
    if (returned !== undefined) Promise.resolve(returned).catch(() => undefined);
  } catch {
    // Observer errors are ignored.
  }
}
