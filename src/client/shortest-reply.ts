/** Tracks the shortest time that a reply has taken, for each status. */
export interface ShortestReply {
  readonly add: (status: number, ms: number, now: number) => void;
  /** In milliseconds; 0 for a status that has not been seen lately. */
  readonly of: (status: number) => number;
}

/** Remembers the current window and the one before. */
export function createShortestReply(windowMs: number): ShortestReply {
  let startedAt = -Infinity;
  let current = new Map<number, number>();
  let before = new Map<number, number>();
  return {
    add: (status, ms, now) => {
      if (now - startedAt > windowMs) {
        before = current;
        current = new Map();
        startedAt = now;
      }
      current.set(status, Math.min(current.get(status) ?? Infinity, ms));
    },
    of: (status) => {
      const ms = Math.min(current.get(status) ?? Infinity, before.get(status) ?? Infinity);
      return ms === Infinity ? 0 : ms;
    },
  };
}
