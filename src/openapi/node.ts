import { isJsonObject, objectOf, type JsonObject } from './json.js';
import { at, entryOf, valueAt } from './json-pointer.js';

/** A value in a description, with its location. */
export interface Node<Value = unknown> {
  readonly value: Value;
  /** JSON pointer from the root of the description. */
  readonly pointer: string;
}

/** An object in a description, with its location. */
export type Part = Node<JsonObject>;

/** The entry of an object or a list, or undefined. */
export function child(node: Node | undefined, key: string | number): Node | undefined {
  const value = entryOf(node?.value, key);
  return node === undefined || value === undefined ? undefined : { value, pointer: at(node.pointer, key) };
}

/** The entries of an object or a list, in order. */
export function children(node: Node | undefined): [string, Node][] {
  if (node === undefined || typeof node.value !== 'object' || node.value === null) return [];
  const entries: [string, unknown][] = Object.entries(node.value);
  return entries.map(([key, value]) => [key, { value, pointer: at(node.pointer, key) }]);
}

/** The object at a path inside a node, or undefined. */
export function partAt(node: Node, ...steps: readonly string[]): Part | undefined {
  const found = steps.reduce<Node | undefined>(child, node);
  return found !== undefined && isPart(found) ? found : undefined;
}

/** The entries of an object or a list that are objects. */
export function partsIn(node: Node | undefined): Part[] {
  return children(node).flatMap(([, entry]) => (isPart(entry) ? [entry] : []));
}

/** Why a reference cannot be resolved. */
type BrokenBecause = 'circular' | 'external' | 'missing';

/** Handles a reference that cannot be resolved. */
export type OnBrokenReference = (node: Node, reason: string, because: BrokenBecause) => Node;

/** Throws an error that names the place by its pointer. */
export function refuse({ pointer }: Node, reason: string): never {
  throw new Error(`#${pointer}: ${reason}`);
}

/**
 * Follows the reference of a node, and any further references, to its target. A node without a reference is its own target.
 *
 * @param onBroken - Called for a reference that is circular, has no target, or points to another file.
 */
export function resolve(document: JsonObject, node: Node, onBroken: OnBrokenReference = refuse): Node {
  const seen = new Set<string>();
  let current = node;
  for (;;) {
    const reference = entryOf(current.value, '$ref');
    if (typeof reference !== 'string') return current;
    if (seen.has(current.pointer)) return onBroken(node, `$ref ${reference} is circular.`, 'circular');
    seen.add(current.pointer);
    if (!/^#(\/|$)/.test(reference)) {
      const reason = `$ref ${reference} points to another file; bundle the description first.`;
      return onBroken(current, reason, 'external');
    }
    const pointer = decoded(reference).slice(1);
    const value = valueAt(document, pointer);
    if (value === undefined) return onBroken(current, `$ref ${reference} has no target.`, 'missing');
    current = { value, pointer };
  }
}

/** The target of a node as an object; empty if the target is not an object. */
export function follow(document: JsonObject, node: Node, onBroken: OnBrokenReference = refuse): Part {
  const { value, pointer } = resolve(document, node, onBroken);
  return { value: objectOf(value), pointer };
}

function isPart(node: Node): node is Part {
  return isJsonObject(node.value);
}

/** A reference is a URI, but many descriptions do not percent-encode it. */
function decoded(reference: string): string {
  try {
    return decodeURIComponent(reference);
  } catch {
    return reference;
  }
}
