import { at, follow, isJsonObject, objectOf, type JsonObject, type Part } from '../../src/openapi/index.js';

/** A place of a value, and the schema that the spec has for it. */
export interface Visited {
  readonly schema: Part;
  readonly value: unknown;
  /** JSON pointer into the value. */
  readonly instance: string;
  /** The same without the keys of maps, which may say something about people. */
  readonly shownInstance: string;
}

/** Every place of a value that the spec has a schema for, from the whole to its parts. */
export function visit(
  document: JsonObject,
  part: Part,
  value: unknown,
  instance = '',
  shownInstance = instance,
): Visited[] {
  const schema = follow(document, part);
  const deeper = (
    child: unknown,
    key: string | number,
    inner: readonly string[],
    shown: string | number = key,
  ): Visited[] => {
    const place = inner.reduce<unknown>((node, step) => objectOf(node)[step], schema.value);
    if (!isJsonObject(place)) return [];
    const pointer = at(schema.pointer, ...inner);
    return visit(document, { value: place, pointer }, child, at(instance, key), at(shownInstance, shown));
  };
  const members = isJsonObject(value)
    ? Object.entries(value).flatMap(([name, child]) =>
        name in objectOf(schema.value['properties'])
          ? deeper(child, name, ['properties', name])
          : deeper(child, name, ['additionalProperties'], '*'),
      )
    : [];
  const items = Array.isArray(value) ? value.flatMap((item, index) => deeper(item, index, ['items'])) : [];
  return [{ schema, value, instance, shownInstance }, ...members, ...items];
}
