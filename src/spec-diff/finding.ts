import type { Place } from '../openapi/index.js';

/** How much a change costs those who use this client. */
export type Severity = (typeof severities)[number];

/** From the worst down. */
export const severities = ['breaking', 'potentially-breaking', 'compatible'] as const;

/** What a change concerns: what callers send, what they get, or whether the operation is there at all. */
export type Direction = 'request' | 'reply' | 'operation';

/** One change of the contract, from an old description to a new one. */
export interface Finding {
  /** A name of the table in `rules.ts`. */
  readonly ruleId: string;
  readonly direction: Direction;
  readonly severity: Severity;
  /** Twelve hexadecimal digits that stay the same while lines move and components are renamed. */
  readonly fingerprint: string;
  /** Method and path in the old description, or in the new one when it adds the operation. */
  readonly operation: string;
  /** Where in the operation, by meaning: `requestBody inputs[].types[].associationCategory`, `responses/201 errors`. */
  readonly pointer: string;
  /** Further places of the operation where the same lines of the description count. */
  readonly alsoAt: readonly string[];
  /** One sentence with the old and the new value. */
  readonly message: string;
  /** Absent when the old description has nothing there. */
  readonly old?: unknown;
  /** Absent when the new description has nothing there. */
  readonly new?: unknown;
  /** Where the old description says it, or the nearest place around where it would. */
  readonly oldPlace?: Place;
  readonly newPlace?: Place;
  /** Generated types and functions, such as `components["schemas"]["AssociationSpec"]`, `operations.batchCreateAssociations`. */
  readonly affects: readonly string[];
}
