import { at, follow, isJsonObject, objectOf, type JsonObject, type Part } from '../../src/openapi/index.js';

/** A place in a value, and its schema in the spec. */
export interface Visited {
  readonly schema: Part;
  readonly value: unknown;
  /** JSON pointer into the value. */
  readonly instance: string;
  /** The same with `*` for the keys of maps, which may be personal data. */
  readonly redactedInstance: string;
}

/** Every place in a value that the spec has a schema for, from the root down. */
export function visit(
  document: JsonObject,
  part: Part,
  value: unknown,
  instance = '',
  redactedInstance = instance,
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
    return visit(document, { value: place, pointer }, child, at(instance, key), at(redactedInstance, shown));
  };
  const members = isJsonObject(value)
    ? Object.entries(value).flatMap(([name, child]) =>
        name in objectOf(schema.value['properties'])
          ? deeper(child, name, ['properties', name])
          : deeper(child, name, ['additionalProperties'], '*'),
      )
    : [];
  const items = Array.isArray(value) ? value.flatMap((item, index) => deeper(item, index, ['items'])) : [];
  return [{ schema, value, instance, redactedInstance }, ...members, ...items];
}
