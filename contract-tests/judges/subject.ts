import type { ClientEvent } from 'hubspot-associations';

export type Fetch = (request: Request) => Promise<Response>;

/** An error that a validator reports. */
export interface ValidatorError {
  readonly instancePath: string;
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly message?: string;
}

/** A validator generated from any spec. */
export interface ValidatorFunction {
  (value: unknown): boolean;
  readonly errors?: readonly ValidatorError[] | null;
}

/** The generated validators, by operationId and status. */
interface Validators {
  readonly requestBodies: Readonly<Record<string, ValidatorFunction>>;
  readonly responses: Readonly<Record<string, Readonly<Record<string, ValidatorFunction>>>>;
}

/** The part of a client that the suite uses. */
export interface ClientUnderTest {
  readonly operations: object;
  batchCreate(
    request: object,
  ): Promise<{ readonly status: number; readonly data: unknown; readonly response: Response }>;
}

/** The options that the suite passes to a client. */
interface ClientOptionsUnderTest {
  readonly accessToken: string;
  readonly baseUrl?: string;
  readonly fetch: Fetch;
  readonly allowance: false;
  readonly maxAttempts: number;
  readonly onEvent: (event: ClientEvent) => void;
}

/** The product and the judges of a run. In a mutation run, some of them are built from a mutated spec. */
export interface Subject {
  /** Empty for the client's default. */
  readonly baseUrl: string;
  /** Prism as a mock. */
  readonly mock: Fetch;
  /** Validates a reply with Prism. */
  readonly judgeReply: (request: Request, reply: Response) => Promise<readonly Violation[]>;
  readonly validators: Validators;
  readonly createClient: (options: ClientOptionsUnderTest) => ClientUnderTest;
  /** Random values per property. */
  readonly runs: number;
}

/** A violation that Prism found in a request or reply. */
export interface Violation {
  /** Such as `body`, `inputs`, `0`. */
  readonly location: readonly string[];
  readonly code: string;
  readonly message: string;
}
