import { type Document, isMap, isScalar, isSeq, visit, type YAMLMap } from 'yaml';
import type { Capture, CapturedObject } from '../compare/capture.js';
import type { Documents } from './documents.js';

/** Edits the object in an example that has the edited member. */
export type ExampleEdit = (object: YAMLMap) => void;

/** The named examples of the capture and of the overlay, which must conform to the edited schemas. */
export interface Examples {
  readonly request: readonly YAMLMap[];
  readonly reply: readonly YAMLMap[];
}

/** Finds examples by their required members, because the overlay addresses its examples by JSONPath. */
export function findExamples({ capture, overlay, provenance }: Documents, { body, reply }: Capture): Examples {
  const values = [...exampleValues(capture), ...exampleValues(overlay), ...copiedExamples(provenance)];
  const of = (object: CapturedObject): YAMLMap[] => {
    const required = [...object.members.values()].filter((member) => member.required);
    return values.filter((value) => required.every(({ name }) => value.has(name)));
  };
  return { request: of(body), reply: of(reply) };
}

/**
 * Edits the objects in the examples that have a member.
 *
 * @param owner - The place of the object, such as `requestBody inputs[].from`.
 */
export function editExamples(examples: Examples, owner: string, edit: ExampleEdit): void {
  const [body, path = ''] = owner.split(' ');
  const names = path.split('.').filter((name) => name !== '');
  const bodies = body === 'requestBody' ? examples.request : examples.reply;
  for (const object of bodies.flatMap((value) => objectsAt(value, names))) edit(object);
}

function exampleValues(document: Document): YAMLMap[] {
  const values: YAMLMap[] = [];
  visit(document, {
    Pair(_, { key, value }) {
      if (isScalar(key) && key.value === 'value' && isMap(value)) values.push(value);
    },
  });
  return values;
}

/** The examples of the capture, as provenance records them. */
function copiedExamples(provenance: Document): YAMLMap[] {
  const values: YAMLMap[] = [];
  visit(provenance, {
    Pair(_, { key, value }) {
      if (!isScalar(key) || key.value !== 'examples' || !isMap(value)) return;
      for (const example of value.items) if (isMap(example.value)) values.push(example.value);
    },
  });
  return values;
}

function objectsAt(node: unknown, path: readonly string[]): YAMLMap[] {
  if (isSeq(node)) return node.items.flatMap((item) => objectsAt(item, path));
  if (!isMap(node)) return [];
  const [first, ...rest] = path;
  return first === undefined ? [node] : objectsAt(node.get(first.replaceAll('[]', ''), true), rest);
}
