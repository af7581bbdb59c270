/** Time and randomness, injected: tests simulate waiting without waiting. */
export interface Clock {
  /** Milliseconds since an arbitrary moment. They never go backwards. */
  now(): number;
  /** Calls back after the given milliseconds; returns a function that cancels it. */
  after(ms: number, callback: () => void): () => void;
  /** Calls back when the event loop has turned: whatever could be sent has left the process by then. */
  nextTurn(callback: () => void): void;
  /** A number from 0 up to, but not including, 1. */
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
  nextTurn: (callback) => {
    // Node runs timers that are due one after another, without polling sockets in between. A message is
    // delivered in the phase that polls sockets.
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      callback();
    };
    port2.postMessage(undefined);
  },
  random: () => Math.random(),
};
