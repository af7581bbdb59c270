/** How interrupts and failures end work. */
export interface Interrupt {
  /** Aborts at the first interrupt: requests in progress finish, and no new ones start. */
  readonly ending: AbortSignal;
  /** Aborts at the second interrupt: requests in progress end immediately. */
  readonly stopping: AbortSignal;
  /** Ends the work immediately, for the given reason. */
  readonly fail: (message: string) => void;
}

/** Does work that interrupts end gracefully. A third interrupt kills the process as usual. */
export async function withInterrupt<T>(work: (interrupt: Interrupt) => Promise<T>): Promise<T> {
  const ending = new AbortController();
  const stopping = new AbortController();
  const stop = (reason: Error): void => {
    // In this order, so that listeners of `ending` can distinguish this from a first interrupt.
    stopping.abort(reason);
    ending.abort(reason);
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
