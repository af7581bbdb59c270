import type { Change } from './change.js';
import { child, children, follow, type Description, type Node } from './description.js';
import { mediaTypesOf, schemasOf } from './media-types.js';
import { pairOperations, type Operation, type OperationPair } from './operations.js';
import { shapeOf, type Shape } from './schema-shape.js';

/**
 * The generated types and functions that a change concerns, the innermost first.
 *
 * @param generated - The operations of the description that the code was generated from. Its types are found by where
 *   they are used, since another description may call the same component something else.
 */
export function affectedBy(change: Change, pair: OperationPair, generated: readonly Operation[]): string[] {
  const operation = pair.old ?? pair.new;
  const ours = operation && pairOperations([operation], generated)[0]?.new;
  const components =
    ours === undefined ? change.components : change.paths.flatMap((path) => componentsAt(ours, change.part, path));
  const id = (ours ?? operation)?.id;
  return [
    ...[...new Set(components)].map((name) => `components["schemas"]["${name}"]`),
    ...(id === undefined ? [] : [`operations["${id}"]`, `createOperations().${id}`]),
  ];
}

/** The components on the way to a place, as far as the description has it. */
function componentsAt(operation: Operation, part: string, path: string): string[] {
  const { description } = operation;
  const names: string[] = [];
  let schemas = bodyOf(operation, part);
  for (const step of ['', ...(path.match(/\[\]|\.[^.[]+/g) ?? [])]) {
    schemas =
      step === ''
        ? schemas
        : schemas.flatMap((schema) => into(description, shapeOf(description, [schema], schema), step));
    for (const schema of schemas) names.unshift(...shapeOf(description, [schema], schema).components);
  }
  return names;
}

function into(description: Description, shape: Shape, step: string): Node[] {
  const found =
    step === '[]' ? shape.items : step === '.*' ? shape.others.schemas : shape.members.get(step.slice(1))?.schemas;
  if (found !== undefined) return [...found];
  return shape.unions.flat().flatMap((branch) => into(description, shapeOf(description, [branch], branch), step));
}

function bodyOf({ description, at }: Operation, part: string): Node[] {
  const [place, status] = part.split(/[/ ]/);
  const responses = child(at, 'responses');
  const holder =
    place === 'requestBody'
      ? child(at, 'requestBody')
      : place === 'responses' && responses !== undefined
        ? (child(responses, status ?? '') ?? children(responses)[0]?.[1])
        : undefined;
  const body = holder && follow(description, holder);
  return body === undefined || mediaTypesOf(body).length === 0 ? [] : schemasOf(body);
}
