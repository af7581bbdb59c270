import type { ClientEvent } from 'hubspot-associations';

/** Sends a request somewhere. */
export type Fetch = (request: Request) => Promise<Response>;

/** What a validator found wrong. */
export interface ValidatorError {
  readonly instancePath: string;
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly message?: string;
}

/** A generated validator, of whichever spec. */
export interface ValidatorFunction {
  (value: unknown): boolean;
  readonly errors?: readonly ValidatorError[] | null;
}

/** The generated validators, by operationId and status. */
interface Validators {
  readonly requestBodies: Readonly<Record<string, ValidatorFunction>>;
  readonly responses: Readonly<Record<string, Readonly<Record<string, ValidatorFunction>>>>;
}

/** What the suite uses of a client. */
export interface ClientUnderTest {
  readonly operations: object;
  batchCreate(
    request: object,
  ): Promise<{ readonly status: number; readonly data: unknown; readonly response: Response }>;
}

/** What the suite says to a client. */
interface ClientOptionsUnderTest {
  readonly accessToken: string;
  readonly baseUrl?: string;
  readonly fetch: Fetch;
  readonly allowance: false;
  readonly maxAttempts: number;
  readonly onEvent: (event: ClientEvent) => void;
}

/** The product and the judges of one run: in a mutation run some of them belong to another spec. */
export interface Subject {
  /** Where the client sends to; empty for its own default. */
  readonly baseUrl: string;
  /** Answers as Prism does. */
  readonly mock: Fetch;
  /** What Prism's validation of replies finds wrong with one. */
  readonly judgeReply: (request: Request, reply: Response) => Promise<readonly Violation[]>;
  readonly validators: Validators;
  readonly createClient: (options: ClientOptionsUnderTest) => ClientUnderTest;
  /** How many random values a property is tried with. */
  readonly runs: number;
}

/** What Prism found wrong with a request or a reply. */
export interface Violation {
  /** Such as `body`, `inputs`, `0`. */
  readonly location: readonly string[];
  readonly code: string;
  readonly message: string;
}
