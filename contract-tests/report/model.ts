import type { Observation } from '../judges/observation.js';
import type { CoverageItem } from '../spec/coverage-item.js';
import type { SourceLine } from '../spec/lines.js';

/** The result of a run, as written to `report.json`. */
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
  /** Tests and checks that belong to no coverage item. */
  readonly otherTests: readonly OtherTest[];
}

/** A coverage item with its line in the capture and its observations. */
export type ReportedItem = CoverageItem & SourceLine & { readonly observations: readonly Observation[] };

/** A test or a check that belongs to no coverage item, such as a unit test or lint. */
export interface OtherTest {
  readonly suite: string;
  readonly name: string;
  readonly durationMs: number;
  /** Why it failed; absent if it passed. */
  readonly failure?: string | undefined;
}
