import type { Place } from '../openapi/index.js';

/** How a change affects users of this client. */
export type Severity = (typeof severities)[number];

/** The worst first. */
export const severities = ['breaking', 'potentially-breaking', 'compatible'] as const;

/** Whether a change affects requests, replies, or the existence of the operation. */
export type Direction = 'request' | 'reply' | 'operation';

/** One contract change from an old description to a new one. */
export interface Finding {
  /** A key of `rules` in `rules.ts`. */
  readonly ruleId: string;
  readonly direction: Direction;
  readonly severity: Severity;
  /** Twelve hexadecimal digits that stay the same when lines move or components are renamed. */
  readonly fingerprint: string;
  /** Method and path in the old description, or in the new one if it adds the operation. */
  readonly operation: string;
  /** The place in the operation, such as `requestBody inputs[].types[].associationCategory` or `responses/201 errors`. */
  readonly pointer: string;
  /** Other places in the operation that use the same lines of the description. */
  readonly alsoAt: readonly string[];
  /** A sentence with the old and the new value. */
  readonly message: string;
  /** Absent if the old description has no value. */
  readonly old?: unknown;
  /** Absent if the new description has no value. */
  readonly new?: unknown;
  /** The place in the old description, or the nearest enclosing place. */
  readonly oldPlace?: Place;
  readonly newPlace?: Place;
  /** Generated types and functions, such as `components["schemas"]["AssociationSpec"]`, `operations.batchCreateAssociations`. */
  readonly affects: readonly string[];
}
