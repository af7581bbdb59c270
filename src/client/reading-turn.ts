import type { Clock } from './clock.js';
import { createGate } from './gate.js';

/** Settles when one more reply may be read, and gives what ends that turn. */
export type ReadingTurn = () => Promise<() => void>;

/** So many replies are read at once. */
const readAtOnce = 2;

/** A reply that takes longer to come, in milliseconds, does not hold up the others. */
const usualReadMs = 50;

/**
 * Replies are read a few at a time, and only when there is nothing more urgent: a burst of requests
 * goes out early, and its replies wait where they take no memory of this process.
 *
 * @param idle - Settles when there is nothing more urgent.
 */
export function createReadingTurn(idle: () => Promise<void>, clock: Clock): ReadingTurn {
  const gate = createGate(readAtOnce);
  return async () => {
    const leave = await gate.enter();
    await idle();
    const cancel = clock.after(usualReadMs, leave);
    return () => {
      cancel();
      leave();
    };
  };
}
