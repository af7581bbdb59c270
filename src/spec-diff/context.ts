import type { SchemaChange } from './change.js';
import type { Description, Node } from '../openapi/index.js';
import type { Shape } from './schema-shape.js';

/** What a comparison of schemas knows beside the schemas. */
export interface Context {
  readonly old: Description;
  readonly new: Description;
  readonly direction: 'request' | 'reply';
  /** Compares what holds for a value in the old description with what holds in the new one. */
  compare(old: Said, changed: Said): readonly SchemaChange[];
  /** Whether neither callers nor readers can tell the two apart. */
  isSame(old: Said, changed: Said): boolean;
}

/** What is said of one value. */
export interface Said {
  /** All of them hold; when there is none, the value may be anything. */
  readonly schemas: readonly Node[];
  readonly at: Node;
}

/** The old and the new shape of one value. */
export interface ShapePair {
  readonly old: Shape;
  readonly new: Shape;
}
