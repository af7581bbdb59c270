import { at, isJsonObject, objectOf, valueAt, type JsonObject } from '../../src/openapi/index.js';

/** A change of a description. */
export interface Edit {
  /** The kind of change, such as `drop` or `rename`. */
  readonly operator: string;
  /** The place, as a JSON pointer. */
  readonly pointer: string;
  /** The new value of the place. Undefined removes it. */
  readonly to: unknown;
  /** Other places that must change with it to keep the description valid. */
  readonly also?: readonly Pick<Edit, 'pointer' | 'to'>[];
}

/** The members of an object, one of them renamed in place. */
export function renamed(members: JsonObject, from: string, to: string): JsonObject {
  return Object.fromEntries(Object.entries(members).map(([name, value]) => [name === from ? to : name, value]));
}

/** All places whose value matches, in depth-first order. */
export function placesWhere(
  document: JsonObject,
  root: string,
  matches: (value: JsonObject, pointer: string) => boolean,
): { pointer: string; value: JsonObject }[] {
  const found: { pointer: string; value: JsonObject }[] = [];
  const walk = (node: unknown, pointer: string): void => {
    if (isJsonObject(node) && matches(node, pointer)) found.push({ pointer, value: node });
    const inner: [string | number, unknown][] = Array.isArray(node)
      ? node.map((item: unknown, index) => [index, item])
      : Object.entries(objectOf(node));
    for (const [step, value] of inner) walk(value, at(pointer, step));
  };
  walk(valueAt(document, root), root);
  return found;
}
