import { noOutcomes, type OutcomeCounts, type OutcomeKind } from './outcome.js';

/** The number of inputs, and how many have each kind of outcome. */
export type Counts = OutcomeCounts & { readonly inputs: number };

/** Counts the outcomes of inputs. */
export interface Tally {
  /** The counts while the run is in progress. */
  readonly soFar: Readonly<Record<OutcomeKind, number>>;
  add(kind: OutcomeKind, count?: number): void;
  /**
   * The counts, once every input has its outcome.
   *
   * @param inputs - The number of inputs read, counted independently.
   * @throws Error if the two counts differ, which only a defect of this package can cause.
   */
  counts(inputs: number): Counts;
}

export function createTally(): Tally {
  const counts = { ...noOutcomes };
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
