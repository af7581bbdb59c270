import type { Clock } from './clock.js';
import { createMinHeap } from './min-heap.js';

/** A clock whose time passes only in `runToEnd`. */
export interface VirtualClock extends Clock {
  /** Lets time pass until no timers are left. */
  runToEnd(): Promise<void>;
}

interface Timer {
  readonly at: number;
  readonly callback: () => void;
  cancelled: boolean;
}

export function createVirtualClock(random: () => number = () => 0.5): VirtualClock {
  let now = 0;
  const due = createMinHeap<Timer[]>();
  const timersAt = new Map<number, Timer[]>();
  const after: Clock['after'] = (ms, callback) => {
    const timer: Timer = { at: now + Math.max(0, ms), callback, cancelled: false };
    const sameTime = timersAt.get(timer.at);
    if (sameTime !== undefined) sameTime.push(timer);
    else {
      const first = [timer];
      timersAt.set(timer.at, first);
      due.add(timer.at, first);
    }
    return () => {
      timer.cancelled = true;
    };
  };
  return {
    now: () => now,
    random,
    after,
    nextTurn: (callback) => {
      after(0, callback);
    },
    runToEnd: async () => {
      for (;;) {
        // Settle all pending promises first.
        await new Promise((resolve) => setImmediate(resolve));
        const at = due.leastKey;
        const timers = timersAt.get(at);
        if (timers === undefined) return;
        const timer = timers.shift();
        if (timer === undefined) {
          due.take();
          timersAt.delete(at);
        } else if (!timer.cancelled) {
          now = at;
          timer.callback();
        }
      }
    },
  };
}

/** A generator of numbers from 0 to 1, the same for the same seed. */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
