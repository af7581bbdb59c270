/** What is to be called when a signal aborts. One listener a signal, since platforms warn of many. */
const callbacks = new WeakMap<AbortSignal, Set<() => void>>();

/**
 * Calls back once, when one of the signals aborts or has done so already.
 *
 * `AbortSignal.any` would do the same, but on Node 20 a signal that lives as long as a run keeps
 * every signal that was made of it (https://github.com/nodejs/node/issues/54614).
 *
 * @returns What stops listening.
 */
export function onAbort(signals: readonly (AbortSignal | undefined)[], callback: () => void): () => void {
  const given = signals.filter((signal) => signal !== undefined);
  const stop = (): void => {
    for (const signal of given) callbacks.get(signal)?.delete(listener);
  };
  const listener = (): void => {
    stop();
    callback();
  };
  if (given.some(({ aborted }) => aborted)) callback();
  else for (const signal of given) callbacksOf(signal).add(listener);
  return stop;
}

function callbacksOf(signal: AbortSignal): Set<() => void> {
  const known = callbacks.get(signal);
  if (known !== undefined) return known;
  const added = new Set<() => void>();
  callbacks.set(signal, added);
  const abort = (): void => {
    for (const callback of [...added]) callback();
  };
  signal.addEventListener('abort', abort, { once: true });
  return added;
}
