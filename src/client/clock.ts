import { onAbort } from './on-abort.js';

/** Time and chance, so that waiting can be tested without waiting. */
export interface Clock {
  /** Milliseconds since some moment. They never go backwards. */
  now(): number;
  /** Calls back after so many milliseconds, and returns what cancels that. */
  after(ms: number, callback: () => void): () => void;
  /** A number from 0 to 1, without 1. */
  random(): number;
}

export const systemClock: Clock = {
  now: () => performance.now(),
  after: (ms, callback) => {
    const timer = setTimeout(callback, ms);
    return () => {
      clearTimeout(timer);
    };
  },
  random: () => Math.random(),
};

/** Waits so many milliseconds, or until a signal aborts; then it rejects. */
export function wait(clock: Clock, ms: number, signals: readonly (AbortSignal | undefined)[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const cancel = clock.after(ms, () => {
      stopListening();
      resolve();
    });
    const stopListening = onAbort(signals, () => {
      cancel();
      reject(new Error('aborted'));
    });
  });
}
