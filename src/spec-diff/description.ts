import { isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument, type Document, type ParsedNode } from 'yaml';
import type { Place } from './finding.js';

/** A value of a description, and where it stands. */
export interface Node {
  readonly value: unknown;
  /** JSON pointer from the root of the description. */
  readonly pointer: string;
}

/** An OpenAPI description in which every reference leads somewhere. */
export interface Description {
  /** A file, a URL, or a file of a revision: what messages call it. */
  readonly name: string;
  readonly root: Node;
  /** File and line of a node. */
  place(node: Node): Place;
}

/** A description that cannot be compared; the message names file and line. */
export class DescriptionError extends Error {
  override readonly name = 'DescriptionError';
}

/**
 * Reads JSON or YAML.
 *
 * @param name - What messages call the description, a file as a rule.
 * @throws DescriptionError when it cannot be parsed, is not OpenAPI 3.0 or 3.1, or has a reference that leads nowhere.
 */
export function readDescription(text: string, name: string): Description {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { lineCounter, merge: true });
  const fail = (line: number, reason: string): never => {
    throw new DescriptionError(`${name}:${String(line)}: ${reason}`);
  };

  const broken = /\.json$/i.test(name) ? jsonProblem(text) : undefined;
  if (broken !== undefined) fail(lineCounter.linePos(broken.offset).line, broken.reason);
  const [problem] = document.errors;
  if (problem !== undefined) {
    fail(lineCounter.linePos(problem.pos[0]).line, problem.message.split(/ at line |:?\n/)[0] ?? problem.code);
  }
  const lineAt = (pointer: string): number => lineCounter.linePos(offsetOf(document, pointer)).line;
  const root: Node = { value: plainValue(document, fail), pointer: '' };
  const description: Description = {
    name,
    root,
    place: ({ pointer }) => ({ file: name, line: lineAt(pointer), pointer }),
  };
  requireOpenApi(root, (pointer, reason) => fail(lineAt(pointer), reason));
  for (const reference of references(description, root)) follow(description, reference);
  return description;
}

/** The entry of a map or a list, or undefined. */
export function child({ value, pointer }: Node, key: string | number): Node | undefined {
  if (!(isRecord(value) || Array.isArray(value)) || !Object.hasOwn(value, key)) return undefined;
  const entry: unknown = Array.isArray(value) ? value[Number(key)] : value[key];
  return entry === undefined ? undefined : { value: entry, pointer: `${pointer}/${escape(String(key))}` };
}

/** The entries of a map or a list, in its order. */
export function children(node: Node | undefined): [string, Node][] {
  if (node === undefined || !(Array.isArray(node.value) || isRecord(node.value))) return [];
  const entries: [string, unknown][] = Object.entries(node.value);
  return entries.map(([key, value]) => [key, { value, pointer: `${node.pointer}/${escape(key)}` }]);
}

/**
 * What a node stands for: itself, or what its reference leads to, over any number of references.
 *
 * @throws DescriptionError when a reference leads nowhere, in a circle or into another file.
 */
export function follow(description: Description, node: Node): Node {
  const seen = new Set<string>();
  let current = node;
  for (;;) {
    const reference = isRecord(current.value) ? current.value['$ref'] : undefined;
    if (typeof reference !== 'string') return current;
    if (seen.has(current.pointer)) return invalid(description, node, `$ref ${reference} leads back to itself.`);
    seen.add(current.pointer);
    current = target(description, current, reference);
  }
}

/** @throws DescriptionError, always. */
export function invalid(description: Description, node: Node, reason: string): never {
  const { file, line } = description.place(node);
  throw new DescriptionError(`${file}:${String(line)}: ${reason}`);
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function target(description: Description, node: Node, reference: string): Node {
  if (!/^#(\/|$)/.test(reference)) {
    return invalid(description, node, `$ref ${reference} leads out of the file; bundle the description first.`);
  }
  const keys = decodeFragment(reference).split('/').slice(1).map(unescape);
  const found = keys.reduce<Node | undefined>((at, key) => (at === undefined ? at : child(at, key)), description.root);
  return found ?? invalid(description, node, `$ref ${reference} leads nowhere.`);
}

/** Maps whose keys are names and not keywords of OpenAPI, so that a `$ref` in them is one more name. */
const named = new Set(['properties', 'patternProperties', 'dependentSchemas', '$defs', 'mapping']);
/** Keywords that hold data, in which a `$ref` refers to nothing. */
const data = new Set(['example', 'examples', 'default', 'enum', 'const', 'value']);

function* references(
  description: Description,
  node: Node,
  within = '',
  around: readonly unknown[] = [],
): Generator<Node> {
  if (isRecord(node.value) && around.includes(node.value))
    invalid(description, node, 'contains itself, by a YAML alias.');
  const names = named.has(within);
  if (!names && isRecord(node.value) && typeof node.value['$ref'] === 'string') yield node;
  const deeper = isRecord(node.value) || Array.isArray(node.value) ? [...around, node.value] : around;
  for (const [key, entry] of children(node)) {
    if (names || !(data.has(key) || key.startsWith('x-'))) {
      yield* references(description, entry, names ? '' : key, deeper);
    }
  }
}

function requireOpenApi(root: Node, fail: (pointer: string, reason: string) => never): void {
  const { value } = root;
  if (!isRecord(value)) return fail('', 'is no OpenAPI description: not a map.');
  if (typeof value['swagger'] === 'string') return fail('/swagger', 'is Swagger 2; convert it to OpenAPI 3 first.');
  const version = value['openapi'];
  if (typeof version !== 'string') return fail('', 'is no OpenAPI description: it has no version in "openapi".');
  if (!/^3\.[01](\.|$)/.test(version)) return fail('/openapi', `OpenAPI ${version} cannot be read, only 3.0 and 3.1.`);
  if (!isRecord(value['paths'])) return fail('/paths', 'describes no operation: "paths" is missing or is not a map.');
}

/** YAML allows more than JSON does, such as a comma after the last member. */
function jsonProblem(text: string): { offset: number; reason: string } | undefined {
  try {
    JSON.parse(text.replace(/^\uFEFF/, ''));
    return undefined;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { offset: Number(/at position (\d+)/.exec(reason)?.[1] ?? text.trimEnd().length), reason };
  }
}

function plainValue(document: Document, fail: (line: number, reason: string) => never): unknown {
  try {
    return document.toJS();
  } catch (error) {
    return fail(1, error instanceof Error ? error.message : String(error));
  }
}

/** Where the entry at a pointer begins, or the nearest entry around it that is written out. */
function offsetOf(document: Document.Parsed, pointer: string): number {
  let node: ParsedNode | null = document.contents;
  let offset = node?.range[0] ?? 0;
  for (const key of pointer.split('/').slice(1).map(unescape)) {
    const resolved: unknown = isAlias(node) ? node.resolve(document) : node;
    const entry = entryOf(resolved, key);
    if (entry === undefined) return offset;
    offset = entry.offset;
    node = entry.value;
  }
  return offset;
}

function entryOf(node: unknown, key: string): { offset: number; value: ParsedNode | null } | undefined {
  if (isMap<ParsedNode, ParsedNode | null>(node)) {
    const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === key);
    return pair && { offset: pair.key.range[0], value: pair.value };
  }
  if (isSeq<ParsedNode>(node)) {
    const item = node.items[Number(key)];
    return item && { offset: item.range[0], value: item };
  }
  return undefined;
}

function escape(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1');
}

function unescape(key: string): string {
  return key.replaceAll('~1', '/').replaceAll('~0', '~');
}

/** A reference is a URI, but many are written as if they were not. */
function decodeFragment(reference: string): string {
  try {
    return decodeURIComponent(reference);
  } catch {
    return reference;
  }
}
