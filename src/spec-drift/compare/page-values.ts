import type { Notation } from '../page/notation.js';
import type { Entry } from '../page/facts.js';
import type { SampleNode } from '../page/sample-node.js';

/** The enum values in a list entry. */
export function valuesOf(entry: Entry): readonly string[] {
  return entry.values?.names ?? [];
}

/** The apparent type of a sample value, which may also match other types. */
export function apparentType(node: SampleNode): Notation | undefined {
  const plain = (base: string, format?: string): Notation => ({
    base,
    isEnum: false,
    depth: 0,
    ...(format === undefined ? {} : { format }),
  });
  switch (node.kind) {
    case 'array': {
      const items = node.items === undefined ? undefined : apparentType(node.items);
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
      // The `toString()` of a Java map.
      if (/^\{\w+=.*\}$/.test(value)) return plain('object');
      return /^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(value) ? plain('string', 'date-time') : plain('string');
    }
    case 'null':
    case 'unknown':
      return undefined;
  }
}

/** Whether a sample value matches a documented type. */
export function matchesType(node: SampleNode, type: Notation): boolean {
  if (node.kind === 'null' || node.kind === 'unknown' || type.base === 'any') return true;
  if (type.depth > 0) {
    if (node.kind !== 'array') return false;
    return node.items === undefined || matchesType(node.items, { ...type, depth: type.depth - 1 });
  }
  const shown = apparentType(node);
  if (shown === undefined) return node.kind !== 'array';
  if (type.base === 'number') return shown.base === 'number' || shown.base === 'integer';
  if (shown.base !== type.base || shown.depth > 0) return false;
  // A placeholder stands for any string; other strings may be examples.
  if (node.value === '<string>') return !type.isEnum && type.format !== 'date-time';
  return !(shown.format === 'date-time' && type.base === 'string' && type.format === undefined);
}
