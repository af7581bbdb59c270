import type { Node } from '../openapi/index.js';
import type { Direction } from './finding.js';
import type { RuleId } from './rules.js';

/** A rule that matches the difference between two nodes. */
export interface RuleMatch {
  readonly ruleId: RuleId;
  /** Text or data without component names, so that renaming a component does not affect it. */
  readonly old?: unknown;
  readonly new?: unknown;
  /** The node in each description, or the nearest enclosing node if it is missing. */
  readonly oldAt: Node;
  readonly newAt: Node;
}

/** A change within a schema. */
export interface SchemaChange extends RuleMatch {
  /** The paths from the root value to the changed places, such as `.inputs[].from.id`; at least one. */
  readonly paths: readonly string[];
}

/** A change of an operation, before it becomes a finding. */
export interface Change extends SchemaChange {
  readonly direction: Direction;
  /** The part of the operation, such as `requestBody` or `responses/201`. */
  readonly part: string;
}

/** The maximum number of paths listed for one change. */
const maxPaths = 12;

/** Sorts shorter paths first, then alphabetically, regardless of the order in the description. */
export function byLength(a: string, b: string): number {
  return a.length - b.length || (a < b ? -1 : 1);
}

/** Merges reports of the same change and collects their paths. */
export function mergeDuplicates(changes: readonly SchemaChange[]): SchemaChange[] {
  const united = new Map<string, SchemaChange>();
  for (const change of changes) {
    const { ruleId, oldAt, newAt, old, new: changed } = change;
    const key = JSON.stringify([ruleId, oldAt.pointer, newAt.pointer, old, changed]);
    const known = united.get(key);
    if (known === undefined) united.set(key, change);
    else {
      const paths = [...new Set([...known.paths, ...change.paths])].sort(byLength).slice(0, maxPaths);
      united.set(key, { ...known, paths });
    }
  }
  return [...united.values()];
}

/** Prefixes the paths of changes with a step. */
export function prefixPaths(step: string, changes: readonly SchemaChange[]): SchemaChange[] {
  return changes.map((change) => ({ ...change, paths: change.paths.map((path) => step + path) }));
}

/** A change at a path, by default at the value itself. */
export function toSchemaChange(found: RuleMatch, path = ''): SchemaChange {
  return { ...found, paths: [path] };
}
