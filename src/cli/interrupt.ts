/** How work is ended from outside. */
export interface Interrupt {
  /** Aborts at the first interrupt: what is under way finishes, and nothing new begins. */
  readonly ending: AbortSignal;
  /** Aborts at the second one: what is under way ends at once. */
  readonly stopping: AbortSignal;
  /** Ends the work at once, for a reason of its own. */
  readonly fail: (message: string) => void;
}

/** Does work that interrupts end in good order. A third interrupt ends the process as it always does. */
export async function withInterrupt<T>(work: (interrupt: Interrupt) => Promise<T>): Promise<T> {
  const ending = new AbortController();
  const stopping = new AbortController();
  const stop = (reason: Error): void => {
    ending.abort(reason);
    stopping.abort(reason);
  };
  const onInterrupt = (): void => {
    const isFirst = !ending.signal.aborted;
    if (isFirst) ending.abort(new Error('interrupted'));
    else stop(new Error('interrupted again'));
    if (!isFirst) process.off('SIGINT', onInterrupt).off('SIGTERM', onInterrupt);
  };
  process.on('SIGINT', onInterrupt).on('SIGTERM', onInterrupt);
  try {
    return await work({
      ending: ending.signal,
      stopping: stopping.signal,
      fail: (message) => {
        stop(new Error(message));
      },
    });
  } finally {
    process.off('SIGINT', onInterrupt).off('SIGTERM', onInterrupt);
  }
}
