/** One place where a reply differs from the spec. */
export interface Deviation {
  /** JSON pointer of the place in the reply's body. */
  readonly pointer: string;
  readonly message: string;
}

/** A reply differs from the spec, in nothing that the outcome of the inputs depends on. */
export interface DeviationEvent {
  readonly type: 'deviation';
  readonly operationId: string;
  /** The HTTP status of the reply. */
  readonly status: number;
  readonly deviations: readonly Deviation[];
}

/** What a client tells `onEvent`. No event holds a token. */
export type ClientEvent = DeviationEvent;
