import type { Clock } from './clock.js';

type Signals = readonly (AbortSignal | undefined)[];

/** The callbacks of each signal. A signal gets one listener only, since platforms warn about many. */
const callbacks = new WeakMap<AbortSignal, Callbacks>();

interface Callbacks {
  readonly all: Set<() => void>;
  readonly stopListening: () => void;
}

/**
 * Calls back once, as soon as one of the signals aborts or if one already has.
 *
 * `AbortSignal.any` would do the same, but on Node 20 a signal that lives as long as a run retains every
 * signal derived from it (https://github.com/nodejs/node/issues/54614).
 *
 * @returns A function that removes the listeners.
 */
export function onAbort(signals: Signals, callback: () => void): () => void {
  const given = signals.filter((signal) => signal !== undefined);
  const stop = (): void => {
    for (const signal of given) {
      const known = callbacks.get(signal);
      if (known?.all.delete(listener) === true && known.all.size === 0) known.stopListening();
    }
  };
  const listener = (): void => {
    stop();
    callback();
  };
  if (given.some(({ aborted }) => aborted)) callback();
  else for (const signal of given) (callbacks.get(signal) ?? listenTo(signal)).all.add(listener);
  return stop;
}

function listenTo(signal: AbortSignal): Callbacks {
  const all = new Set<() => void>();
  const abort = (): void => {
    for (const callback of [...all]) callback();
  };
  const stopListening = (): void => {
    signal.removeEventListener('abort', abort);
    callbacks.delete(signal);
  };
  const added = { all, stopListening };
  callbacks.set(signal, added);
  signal.addEventListener('abort', abort);
  return added;
}

/**
 * Returns a promise that `start` settles, and that rejects as soon as one of the signals aborts.
 *
 * @param start - Starts the work and returns a function that cancels it. Not called if a signal has
 *   already aborted.
 */
export function abortable<T>(
  signals: Signals,
  start: (resolve: (value: T) => void, reject: (error: unknown) => void) => () => void,
): Promise<T> {
  if (signals.some((signal) => signal?.aborted)) return Promise.reject(new Error('aborted'));
  return new Promise((resolve, reject) => {
    let end = doNothing;
    const stopListening = onAbort(signals, () => {
      end();
      reject(new Error('aborted'));
    });
    end = start(
      (value) => {
        stopListening();
        resolve(value);
      },
      (error) => {
        stopListening();
        // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- passed on unchanged
        reject(error);
      },
    );
  });
}

const doNothing = (): void => undefined;

/** Settles with the work, or rejects as soon as the signal aborts: a custom `fetch` may ignore its signal. */
export function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  if (signal.aborted) work.catch(doNothing);
  return abortable([signal], (resolve, reject) => {
    work.then(resolve, reject);
    return doNothing;
  });
}

/** Waits the given milliseconds; rejects as soon as a signal aborts. */
export function wait(clock: Clock, ms: number, signals: Signals): Promise<void> {
  return abortable(signals, (resolve) => clock.after(ms, resolve));
}

/** Work with a time limit. A wait that it passes to `untimed` does not count towards the limit. */
export type TimedWork<T> = (signal: AbortSignal, untimed: <U>(wait: Promise<U>) => Promise<U>) => Promise<T>;

/** What ends work early. */
interface Deadline {
  /** How long the work may take, in milliseconds. */
  readonly ms: number;
  readonly signals: Signals;
  /** Makes the error for work that took too long. */
  readonly late: () => Error;
}

/**
 * Does work with a signal that aborts when one of these does, or when the time limit has passed. Unlike the
 * timer of `AbortSignal.timeout`, this one keeps the process alive.
 */
export async function withDeadline<T>({ ms, signals, late }: Deadline, work: TimedWork<T>): Promise<T> {
  const controller = new AbortController();
  const timedOut = new Error('late');
  let remainingMs = ms;
  const startTimer = (): (() => void) => {
    const startedAt = performance.now();
    const timer = setTimeout(() => {
      controller.abort(timedOut);
    }, remainingMs);
    return () => {
      clearTimeout(timer);
      remainingMs -= performance.now() - startedAt;
    };
  };
  let stopTimer = startTimer();
  const untimed = async <U>(wait: Promise<U>): Promise<U> => {
    stopTimer();
    const result = await wait;
    if (!controller.signal.aborted) stopTimer = startTimer();
    return result;
  };
  const stopListening = onAbort(signals, () => {
    controller.abort();
  });
  try {
    return await work(controller.signal, untimed);
  } catch (error) {
    throw controller.signal.reason === timedOut ? late() : error;
  } finally {
    stopTimer();
    stopListening();
  }
}
