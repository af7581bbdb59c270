import { isJsonObject } from './json.js';

/** A pointer some steps further (RFC 6901). */
export function at(pointer: string, ...steps: readonly (string | number)[]): string {
  return [pointer, ...steps.map((step) => String(step).replaceAll('~', '~0').replaceAll('/', '~1'))].join('/');
}

/** The steps of a pointer. */
export function stepsOf(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** The last step of a pointer; empty for that of the whole document. */
export function lastStep(pointer: string): string {
  return stepsOf(pointer).at(-1) ?? '';
}

/** What stands at a place of the document; undefined when nothing does. */
export function valueAt(document: unknown, pointer: string): unknown {
  return stepsOf(pointer).reduce(entryOf, document);
}

/** An entry of an object or a list; undefined where there is none. */
export function entryOf(value: unknown, key: string | number): unknown {
  if (Array.isArray(value)) return value[Number(key)];
  return isJsonObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}
