import type { Observation } from '../judges/observation.js';
import type { CoverageItem } from '../spec/coverage-item.js';

/** Everything that a run of the suite found. */
export interface ContractReport {
  readonly title: string;
  readonly version: string;
  /** The seed of the generated values. */
  readonly seed: number;
  readonly startedAt: string;
  readonly durationMs: number;
  readonly target: string;
  readonly operations: readonly { readonly operationId: string; readonly method: string; readonly path: string }[];
  readonly items: readonly ReportedItem[];
  /** Whether the whole suite was run, so that a coverage item without an observation is a failure. */
  readonly complete: boolean;
  /** The tests that failed at no coverage item. */
  readonly otherFailures: readonly OtherFailure[];
}

/** A coverage item and what was found at it. */
export type ReportedItem = CoverageItem & { readonly observations: readonly Observation[] };

/** A test that failed without an observation to say at which coverage item. */
export interface OtherFailure {
  readonly test: string;
  readonly failure: string;
}
