import type { Node } from '../openapi/index.js';
import type { Direction } from './finding.js';
import type { RuleId } from './rules.js';

/** What one rule found between two nodes. */
export interface Found {
  readonly ruleId: RuleId;
  /** Plain text or data without names of components, so that it outlives their renaming. */
  readonly old?: unknown;
  readonly new?: unknown;
  /** Where each description says it, or would say it: the nearest node around. */
  readonly oldAt: Node;
  readonly newAt: Node;
}

/** A change within a schema. */
export interface SchemaChange extends Found {
  /** The ways from the whole value to the places that the change concerns, such as `.inputs[].from.id`; at least one. */
  readonly paths: readonly string[];
}

/** A change of an operation, before it is put into words. */
export interface Change extends SchemaChange {
  readonly direction: Direction;
  /** Where in the operation, such as `requestBody` or `responses/201`. */
  readonly part: string;
}

/** As many ways to one change as are worth reading. */
const mostPaths = 12;

/** The shortest way first, whatever the order of the description. */
export function byLength(a: string, b: string): number {
  return a.length - b.length || (a < b ? -1 : 1);
}

/** One change for each that the descriptions make, with all the ways to it. */
export function unite(changes: readonly SchemaChange[]): SchemaChange[] {
  const united = new Map<string, SchemaChange>();
  for (const change of changes) {
    const { ruleId, oldAt, newAt, old, new: changed } = change;
    const key = JSON.stringify([ruleId, oldAt.pointer, newAt.pointer, old, changed]);
    const known = united.get(key);
    if (known === undefined) united.set(key, change);
    else {
      const paths = [...new Set([...known.paths, ...change.paths])].sort(byLength).slice(0, mostPaths);
      united.set(key, { ...known, paths });
    }
  }
  return [...united.values()];
}

/** Changes of a whole, made of changes of one of its parts. */
export function within(step: string, changes: readonly SchemaChange[]): SchemaChange[] {
  return changes.map((change) => ({ ...change, paths: change.paths.map((path) => step + path) }));
}

/** A change of the value itself. */
export function here(found: Found, path = ''): SchemaChange {
  return { ...found, paths: [path] };
}
