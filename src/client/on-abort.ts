/**
 * Calls back once, when one of the signals aborts or has done so already.
 *
 * `AbortSignal.any` would do the same, but on Node 20 a signal that lives as long as a run keeps
 * every signal that was made of it (https://github.com/nodejs/node/issues/54614).
 *
 * @returns What stops listening.
 */
export function onAbort(signals: readonly (AbortSignal | undefined)[], callback: () => void): () => void {
  const stop = (): void => {
    for (const signal of signals) signal?.removeEventListener('abort', listener);
  };
  const listener = (): void => {
    stop();
    callback();
  };
  if (signals.some((signal) => signal?.aborted === true)) callback();
  else for (const signal of signals) signal?.addEventListener('abort', listener);
  return stop;
}
