import type { Clock } from './clock.js';
import { createGate } from './gate.js';

/** Settles when one more reply may be read, with a function that ends the turn. */
export type ReadingTurn = () => Promise<() => void>;

/** How many replies are read at the same time. */
const readAtOnce = 2;

/** A reply that takes longer than this to read, in milliseconds, does not hold up the others. */
const usualReadMs = 50;

/**
 * Reads replies a few at a time, and only when there is nothing more urgent. So a burst of requests is sent
 * early, and its replies wait outside this process's memory.
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
