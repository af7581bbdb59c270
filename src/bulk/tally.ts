import type { OutcomeKind } from './outcome.js';

/** How many inputs were read, and how many of them came to each end. */
export type Counts = Readonly<Record<OutcomeKind | 'inputs', number>>;

/** Counts the ends that inputs come to. */
export interface Tally {
  /** The counts while inputs are under way. */
  readonly soFar: Readonly<Record<OutcomeKind, number>>;
  add(kind: OutcomeKind, count?: number): void;
  /**
   * The counts, once every input has its outcome.
   *
   * @param inputs - How many inputs were read, as counted where they come in.
   * @throws Error when the two sides differ, which only a defect of this package can cause.
   */
  counts(inputs: number): Counts;
}

export function createTally(): Tally {
  const counts = { created: 0, failed: 0, invalid: 0, unconfirmed: 0, unsent: 0 };
  return {
    soFar: counts,
    add: (kind, count = 1) => {
      counts[kind] += count;
    },
    counts: (inputs) => {
      const outcomes = Object.values(counts).reduce((sum, count) => sum + count, 0);
      if (outcomes !== inputs) {
        throw new Error(`${String(inputs)} inputs were read, but ${String(outcomes)} have an outcome.`);
      }
      return { inputs, ...counts };
    },
  };
}
