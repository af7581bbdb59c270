/** One thing of the spec that the suite has to exercise: a constraint, a status, an example. */
export interface Cell {
  /** Stands for the cell in every run of the same spec: `operationId group pointer keyword`. */
  readonly id: string;
  readonly operationId: string;
  readonly group: 'request' | 'request constraint' | 'status' | 'example' | 'reply constraint';
  /** What people read, such as `inputs[].from.id has to be a string`. */
  readonly title: string;
  /** JSON pointer into generated/openapi.json. */
  readonly pointer: string;
  /** The line of generated/openapi.json on which that place begins. */
  readonly line: number;
  /** The keyword of the schema, where the cell is a constraint. */
  readonly keyword?: string | undefined;
  /** The value that it is about, such as `inputs[].from.id`, where it is one of a body. */
  readonly place?: string | undefined;
  /** The status of the reply, where the cell belongs to one. */
  readonly status?: string | undefined;
}

/** A request and its reply as they were sent, with the token redacted. */
export interface Exchange {
  readonly request: {
    readonly method: string;
    readonly url: string;
    readonly headers: Record<string, string>;
    readonly body: string;
  };
  readonly reply?:
    { readonly status: number; readonly headers: Record<string, string>; readonly body: string } | undefined;
}

/** What one test found at one cell. */
export interface Observation {
  readonly cellId: string;
  /** The full name of the test. */
  readonly test: string;
  readonly passed: boolean;
  /** What was expected and what came, where it failed. */
  readonly failure?: string | undefined;
  readonly exchange?: Exchange | undefined;
}

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
  readonly cells: readonly ReportedCell[];
  /** Whether the whole suite was run, so that a cell without an observation is a failure. */
  readonly complete: boolean;
  /** The tests that failed at no cell. */
  readonly otherFailures: readonly OtherFailure[];
}

/** A cell and what was found at it. */
export type ReportedCell = Cell & { readonly observations: readonly Observation[] };

/** A test that failed without an observation to say at which cell. */
export interface OtherFailure {
  readonly test: string;
  readonly failure: string;
}
