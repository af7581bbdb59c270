import type { Observation } from '../judges/observation.js';
import type { CoverageItem } from '../spec/coverage-item.js';
import type { SourceLine } from '../spec/lines.js';

/** Everything that a run of the suite found: what `report.json` holds. */
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
  /** The tests and checks that belong to no coverage item. */
  readonly otherTests: readonly OtherTest[];
}

/** A coverage item, the line of the capture that it comes from, and what was found at it. */
export type ReportedItem = CoverageItem & SourceLine & { readonly observations: readonly Observation[] };

/** A test or a check that belongs to no coverage item, such as a unit test or lint. */
export interface OtherTest {
  readonly suite: string;
  readonly name: string;
  readonly durationMs: number;
  /** Why it failed, where it did. */
  readonly failure?: string | undefined;
}
