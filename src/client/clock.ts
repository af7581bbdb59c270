/** Time and chance, so that waiting can be tested without waiting. */
export interface Clock {
  /** Milliseconds since some moment. They never go backwards. */
  now(): number;
  /** Calls back after the given milliseconds; returns a function that cancels it. */
  after(ms: number, callback: () => void): () => void;
  /** Calls back when the event loop has turned: what could be sent by then has left the process. */
  nextTurn(callback: () => void): void;
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
  nextTurn: (callback) => {
    // Timers that are due already are run one after the other, on Node without a look at sockets in
    // between. A message comes the way that sockets do.
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      callback();
    };
    port2.postMessage(undefined);
  },
  random: () => Math.random(),
};
