import {
  type Document,
  isMap,
  isPair,
  isScalar,
  isSeq,
  type Pair,
  type Scalar,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import { at, objectOf, valueAt, type JsonObject } from '../../openapi/index.js';

type Path = readonly (string | number)[];

/** A map in a document, or undefined. Aliases are resolved. */
export function mapAt(document: Document, path: Path): YAMLMap | undefined {
  const node = document.getIn(path, true);
  return isMap(node) ? node : undefined;
}

/** A list in a document, or undefined. */
export function listAt(document: Document, path: Path): YAMLSeq | undefined {
  const node = document.getIn(path, true);
  return isSeq(node) ? node : undefined;
}

/** The name of a key; empty if it is not a scalar. */
export function keyOf(key: unknown): string {
  return isScalar(key) ? String(key.value) : '';
}

/** Renames a key and keeps its position and quotes. */
export function renameKey(document: Document, path: Path, from: string, to: string): void {
  const pair = mapAt(document, path)?.items.find((item): item is Pair<Scalar> => isPair(item) && isNamed(item, from));
  if (pair !== undefined) pair.key.value = to;
}

/** Sets a key to a value on one line. */
export function addInline(document: Document, path: Path, value: unknown): void {
  document.setIn(path, document.createNode(value, { flow: true }));
}

/** Adds a string to a list, or removes it. */
export function setInList(document: Document, path: Path, text: string, listed: boolean): void {
  const list = listAt(document, path);
  const at = list?.items.findIndex((item) => isScalar(item) && item.value === text) ?? -1;
  if (listed && list === undefined) addInline(document, path, [text]);
  else if (listed && at === -1) list?.add(document.createNode(text));
  else if (!listed && at !== -1) {
    list?.items.splice(at, 1);
    if (list?.items.length === 0 && list.anchor === undefined) document.deleteIn(path);
  }
}

function isNamed({ key }: Pair, name: string): boolean {
  return isScalar(key) && String(key.value) === name;
}

/** A plain copy of the object at a path, with aliases resolved. */
export function plainAt(document: Document, path: readonly string[]): JsonObject {
  return objectOf(valueAt(document.toJS(), at('', ...path)));
}

/** A unique name for the schema of a member. */
export function newSchemaName(capture: Document, owner: string, member: string): string {
  const preferred = `${owner}${member.slice(0, 1).toUpperCase()}${member.slice(1)}`;
  const taken = plainAt(capture, ['components', 'schemas']);
  let name = preferred;
  for (let count = 2; name in taken; count += 1) name = `${preferred}${String(count)}`;
  return name;
}
