import { type Document, isMap, isSeq, type YAMLMap } from 'yaml';
import type { Capture } from '../capture.js';
import { mapAt } from './nodes.js';

/** What becomes of the object that has the edited member. */
export type ExampleEdit = (object: YAMLMap) => void;

/**
 * Edits the named examples of the request, or of the replies of success, so that they keep obeying
 * their schema.
 *
 * @param owner - The object that has the member, such as `requestBody inputs[].from`.
 */
export function editExamples(document: Document, { path, method }: Capture, owner: string, edit: ExampleEdit): void {
  const [body = '', member = ''] = owner.split(' ');
  const operation = ['paths', path, method];
  const holders =
    body === 'requestBody'
      ? [[...operation, 'requestBody']]
      : keysAt(document, [...operation, 'responses'])
          .filter((status) => status.startsWith('2'))
          .map((status) => [...operation, 'responses', status]);
  for (const holder of holders) {
    for (const mediaType of keysAt(document, [...holder, 'content'])) {
      const examples = [...holder, 'content', mediaType, 'examples'];
      for (const name of keysAt(document, examples)) {
        const value = document.getIn([...examples, name, 'value'], true);
        for (const object of objectsAt(
          value,
          member.split('.').filter((part) => part !== ''),
        ))
          edit(object);
      }
    }
  }
}

function keysAt(document: Document, path: readonly string[]): string[] {
  return mapAt(document, path)?.items.map(({ key }) => String(key)) ?? [];
}

function objectsAt(node: unknown, path: readonly string[]): YAMLMap[] {
  if (isSeq(node)) return node.items.flatMap((item) => objectsAt(item, path));
  if (!isMap(node)) return [];
  const [first, ...rest] = path;
  return first === undefined ? [node] : objectsAt(node.get(first.replaceAll('[]', ''), true), rest);
}
