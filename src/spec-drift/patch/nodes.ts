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

/** A map of a document, through aliases; nothing when there is none. */
export function mapAt(document: Document, path: Path): YAMLMap | undefined {
  const node = document.getIn(path, true);
  return isMap(node) ? node : undefined;
}

/** A list of a document. */
export function listAt(document: Document, path: Path): YAMLSeq | undefined {
  const node = document.getIn(path, true);
  return isSeq(node) ? node : undefined;
}

/** The name of a key; empty for one that is no scalar. */
export function keyOf(key: unknown): string {
  return isScalar(key) ? String(key.value) : '';
}

/** Renames a key in its place, quoted as it was. */
export function renameKey(document: Document, path: Path, from: string, to: string): void {
  const pair = mapAt(document, path)?.items.find((item): item is Pair<Scalar> => isPair(item) && isNamed(item, from));
  if (pair !== undefined) pair.key.value = to;
}

/** Adds a key that is not there yet, its value in one line. */
export function addInline(document: Document, path: Path, value: unknown): void {
  document.setIn(path, document.createNode(value, { flow: true }));
}

/** Adds a text to a list of texts, or takes it out. */
export function setListed(document: Document, path: Path, text: string, listed: boolean): void {
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

/** A plain copy of what stands at a place, aliases resolved. */
export function plainAt(document: Document, path: readonly string[]): JsonObject {
  return objectOf(valueAt(document.toJS(), at('', ...path)));
}

/** A name for a schema that a member refers to, which no other has. */
export function newSchemaName(capture: Document, owner: string, member: string): string {
  const wanted = `${owner}${member.slice(0, 1).toUpperCase()}${member.slice(1)}`;
  const taken = plainAt(capture, ['components', 'schemas']);
  let name = wanted;
  for (let count = 2; name in taken; count += 1) name = `${wanted}${String(count)}`;
  return name;
}
