import { onAbort, untilAborted } from '../client/abort.js';
import { isAssociationsError, messageOf, StoppedError, type StopReason } from '../client/errors.js';

/** Whether and why a run stops early. Only the first reason counts. */
export interface Stop {
  readonly error: StoppedError | undefined;
  /** Aborts when the run stops. */
  readonly signal: AbortSignal;
  /** Stops the run unless it has already stopped, and returns why. */
  stop(reason: StopReason, cause?: unknown): StoppedError;
  /** The work's value, or `undefined` as soon as the run stops. */
  unlessStopped<T>(work: Promise<T>): Promise<T | undefined>;
  /** Stops listening to the caller's signal, which may outlive the run. */
  end(): void;
}

export function createStop(signal: AbortSignal | undefined): Stop {
  const stopped = new AbortController();
  let error: StoppedError | undefined;
  const stop = (reason: StopReason, cause?: unknown): StoppedError => {
    error ??= stoppedError(reason, cause);
    stopped.abort(error);
    return error;
  };
  const stopListening = onAbort([signal], () => {
    stop('aborted', signal?.reason);
  });

  return {
    get error() {
      return error;
    },
    signal: stopped.signal,
    stop,
    unlessStopped: (work) =>
      untilAborted(work, stopped.signal).catch((failure: unknown) => {
        if (error === undefined) throw failure;
        return undefined;
      }),
    end: stopListening,
  };
}

const explanations: Record<StopReason, string> = {
  aborted: 'The run was aborted',
  refused: 'The API takes no further request of this run',
  unreachable: 'The API has stopped answering',
  source: 'The inputs could not be read any further',
  abandoned: 'The consumer stopped reading the run',
};

/** https://tc39.es/ecma262/#sec-time-values-and-time-range */
const latestDate = 8.64e15;

function stoppedError(reason: StopReason, cause: unknown): StoppedError {
  if (isAssociationsError(cause) && cause.code === 'STOPPED' && cause.reason === reason && reason !== 'aborted')
    return cause;
  const waitMs = isAssociationsError(cause) && cause.code === 'API' ? cause.retryAfterMs : undefined;
  const resumeAt = waitMs === undefined ? undefined : new Date(Math.min(Date.now() + waitMs, latestDate));
  const detail = cause === undefined ? '' : `: ${messageOf(cause)}`;
  const message = `${explanations[reason]}${detail}`;
  const sentence = /[.!?]$/.test(message) ? message : `${message}.`;
  const when = resumeAt === undefined ? '' : ` Come back after ${resumeAt.toISOString()}.`;
  return new StoppedError(`${sentence}${when}`, { reason, cause, resumeAt });
}
