import { isJsonObject, objectOf, type JsonObject } from './json.js';
import { at, entryOf, valueAt } from './json-pointer.js';

/** A value of a description, and where it stands. */
export interface Node<Value = unknown> {
  readonly value: Value;
  /** JSON pointer from the root of the description. */
  readonly pointer: string;
}

/** An object of a description, and where it stands. */
export type Part = Node<JsonObject>;

/** The entry of an object or a list, or undefined. */
export function child(node: Node | undefined, key: string | number): Node | undefined {
  const value = entryOf(node?.value, key);
  return node === undefined || value === undefined ? undefined : { value, pointer: at(node.pointer, key) };
}

/** The entries of an object or a list, in its order. */
export function children(node: Node | undefined): [string, Node][] {
  if (node === undefined || typeof node.value !== 'object' || node.value === null) return [];
  const entries: [string, unknown][] = Object.entries(node.value);
  return entries.map(([key, value]) => [key, { value, pointer: at(node.pointer, key) }]);
}

/** The object that is some steps into a node, or undefined. */
export function partAt(node: Node, ...steps: readonly string[]): Part | undefined {
  const found = steps.reduce<Node | undefined>(child, node);
  return found !== undefined && isPart(found) ? found : undefined;
}

/** The entries of an object or a list that are objects themselves. */
export function partsIn(node: Node | undefined): Part[] {
  return children(node).flatMap(([, entry]) => (isPart(entry) ? [entry] : []));
}

/** What becomes of a node whose reference leads nowhere. */
export type Broken = (node: Node, reason: string) => Node;

/** Throws, naming the place by its pointer. */
export function refuse({ pointer }: Node, reason: string): never {
  throw new Error(`#${pointer}: ${reason}`);
}

/**
 * What a node stands for: itself, or what its reference leads to, over any number of references.
 *
 * @param broken - Is called for a reference that leads nowhere, in a circle or into another file.
 */
export function resolve(document: JsonObject, node: Node, broken: Broken = refuse): Node {
  const seen = new Set<string>();
  let current = node;
  for (;;) {
    const reference = entryOf(current.value, '$ref');
    if (typeof reference !== 'string') return current;
    if (seen.has(current.pointer)) return broken(node, `$ref ${reference} leads back to itself.`);
    seen.add(current.pointer);
    if (!/^#(\/|$)/.test(reference)) {
      return broken(current, `$ref ${reference} leads out of the file; bundle the description first.`);
    }
    const pointer = decoded(reference).slice(1);
    const value = valueAt(document, pointer);
    if (value === undefined) return broken(current, `$ref ${reference} leads nowhere.`);
    current = { value, pointer };
  }
}

/** What a node stands for, as an object; an empty one where it is none. */
export function follow(document: JsonObject, node: Node, broken: Broken = refuse): Part {
  const { value, pointer } = resolve(document, node, broken);
  return { value: objectOf(value), pointer };
}

function isPart(node: Node): node is Part {
  return isJsonObject(node.value);
}

/** A reference is a URI, but many are written as if they were not. */
function decoded(reference: string): string {
  try {
    return decodeURIComponent(reference);
  } catch {
    return reference;
  }
}
