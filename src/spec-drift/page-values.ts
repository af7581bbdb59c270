import type { Notation } from './notation.js';
import type { Entry } from './page/facts.js';
import type { SampleNode } from './page/sample-node.js';

/** The values of an enum that a list gives. */
export function valuesOf(entry: Entry): readonly string[] {
  return entry.values?.names ?? [];
}

/** The type of a sample's value, as far as a value shows it; the same value may be of several types. */
export function shownType(node: SampleNode): Notation | undefined {
  const plain = (base: string, format?: string): Notation => ({
    base,
    isEnum: false,
    depth: 0,
    ...(format === undefined ? {} : { format }),
  });
  switch (node.kind) {
    case 'array': {
      const items = node.items === undefined ? undefined : shownType(node.items);
      return items === undefined ? undefined : { ...items, depth: items.depth + 1 };
    }
    case 'object':
      return plain('object');
    case 'boolean':
      return plain('boolean');
    case 'number':
      return plain(Number.isInteger(Number(node.value)) ? 'integer' : 'number');
    case 'string': {
      const value = String(node.value);
      // A map that a server in Java printed.
      if (/^\{\w+=.*\}$/.test(value)) return plain('object');
      return /^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(value) ? plain('string', 'date-time') : plain('string');
    }
    case 'null':
    case 'unknown':
      return undefined;
  }
}

/** Whether a sample's value can be one of a documented type. */
export function canBe(node: SampleNode, type: Notation): boolean {
  if (node.kind === 'null' || node.kind === 'unknown' || type.base === 'any') return true;
  if (type.depth > 0) {
    if (node.kind !== 'array') return false;
    return node.items === undefined || canBe(node.items, { ...type, depth: type.depth - 1 });
  }
  const shown = shownType(node);
  if (shown === undefined) return node.kind !== 'array';
  if (type.base === 'number') return shown.base === 'number' || shown.base === 'integer';
  if (shown.base !== type.base || shown.depth > 0) return false;
  // A placeholder says that the value is any text; other texts may be examples.
  if (node.value === '<string>') return !type.isEnum && type.format !== 'date-time';
  return !(shown.format === 'date-time' && type.base === 'string' && type.format === undefined);
}
