import { at, isJsonObject, objectOf, valueAt, type JsonObject } from '../../src/openapi/index.js';

/** One change of a description. */
export interface Edit {
  /** What is done, such as `drop` or `rename`. */
  readonly operator: string;
  /** Where, as a JSON pointer. */
  readonly pointer: string;
  /** The new value of the place; undefined removes it. */
  readonly to: unknown;
  /** Further places that change with it, so that the description stays a valid one. */
  readonly also?: readonly Pick<Edit, 'pointer' | 'to'>[];
}

/** The members of an object with one of them under another name. */
export function renamed(members: JsonObject, from: string, to: string): JsonObject {
  return Object.fromEntries(Object.entries(members).map(([name, value]) => [name === from ? to : name, value]));
}

/** Every place at which a value has a certain form, depth first. */
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
