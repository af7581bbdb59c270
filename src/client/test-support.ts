import type { Clock } from './clock.js';

/** Time that passes only when somebody lets it. */
export interface VirtualClock extends Clock {
  /** Lets time pass until nothing waits any more, and everything that was to happen has happened. */
  runToEnd(): Promise<void>;
}

export function createVirtualClock(random: () => number = () => 0.5): VirtualClock {
  let now = 0;
  let order = 0;
  const timers = new Map<number, { at: number; callback: () => void }>();
  const earliest = (): number | undefined =>
    [...timers].sort(([a, one], [b, two]) => one.at - two.at || a - b).map(([id]) => id)[0];
  return {
    now: () => now,
    random,
    after: (ms, callback) => {
      const id = (order += 1);
      timers.set(id, { at: now + Math.max(0, ms), callback });
      return () => {
        timers.delete(id);
      };
    },
    runToEnd: async () => {
      for (;;) {
        // Promises that are due come first, whatever their number.
        await new Promise((resolve) => setTimeout(resolve, 0));
        const id = earliest();
        const timer = id === undefined ? undefined : timers.get(id);
        if (id === undefined || timer === undefined) return;
        timers.delete(id);
        now = Math.max(now, timer.at);
        timer.callback();
      }
    },
  };
}

/** Numbers from 0 to 1 that are the same for the same seed. */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
