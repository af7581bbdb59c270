import type { SchemaChange } from './change.js';
import type { Description, Node } from '../openapi/index.js';
import type { Shape } from './schema-shape.js';

/** The context in which schemas are compared. */
export interface Context {
  readonly old: Description;
  readonly new: Description;
  readonly direction: 'request' | 'reply';
  /** Compares the schemas of a value in the old description with those in the new one. */
  compare(old: ValueSchemas, changed: ValueSchemas): readonly SchemaChange[];
  /** Whether the schemas are equivalent, both in requests and in replies. */
  isSame(old: ValueSchemas, changed: ValueSchemas): boolean;
}

/** The schemas of one value. */
export interface ValueSchemas {
  /** All of them apply. If the list is empty, any value is valid. */
  readonly schemas: readonly Node[];
  readonly at: Node;
}

/** The old and the new shape of one value. */
export interface ShapePair {
  readonly old: Shape;
  readonly new: Shape;
}
