/** Does work that an interrupt ends in good order. A second interrupt ends the process as it always does. */
export async function withInterrupt<T>(work: (interrupt: AbortController) => Promise<T>): Promise<T> {
  const interrupt = new AbortController();
  const onInterrupt = (): void => {
    interrupt.abort(new Error('interrupted'));
  };
  process.once('SIGINT', onInterrupt).once('SIGTERM', onInterrupt);
  try {
    return await work(interrupt);
  } finally {
    process.off('SIGINT', onInterrupt).off('SIGTERM', onInterrupt);
  }
}
