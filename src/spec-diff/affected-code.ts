import type { Change } from './change.js';
import { type Description, type Node, type Part } from '../openapi/index.js';
import { schemasOf } from './media-types.js';
import { pairOperations, type Operation } from './operations.js';
import { shapeOf, type Shape } from './schema-shape.js';

/**
 * The generated types and functions that a change concerns, the innermost first.
 *
 * @param generated - The operations of the description that the code is generated from. Its types are found by where
 *   they are used, since another description may call the same component something else.
 */
export function affectedBy(change: Change, operation: Operation, generated: readonly Operation[]): string[] {
  const ours = pairOperations([operation], generated)[0]?.new;
  if (ours === undefined || !('operationId' in ours.value)) return [];
  const components = change.paths.flatMap((path) => componentsAt(ours, change.part, path));
  return [
    ...[...new Set(components)].map((name) => `components["schemas"]["${name}"]`),
    `operations["${ours.operationId}"]`,
    `createOperations().${ours.operationId}`,
  ];
}

/** The components on the way to a place, as far as the description has it. */
function componentsAt(operation: Operation, part: string, path: string): string[] {
  const { description } = operation;
  const names: string[] = [];
  let schemas = schemasAt(operation, part);
  const shapes = (): Shape[] => schemas.map((schema) => shapeOf(description, [schema], schema));
  const note = (): void => {
    for (const { components } of shapes()) names.unshift(...components);
  };
  note();
  for (const step of path.match(/\[\]|\.[^.[]+/g) ?? []) {
    schemas = shapes().flatMap((shape) => into(description, shape, step));
    note();
  }
  return names;
}

/** @param tried - Schemas that have been looked into; the alternatives of one may contain itself. */
function into(description: Description, shape: Shape, step: string, tried = new Set<string>()): Node[] {
  const { items, others, members, unions, at } = shape;
  const found = step === '[]' ? items : step === '.*' ? others.schemas : members.get(step.slice(1))?.schemas;
  if (found !== undefined) return [...found];
  if (tried.has(at.pointer)) return [];
  tried.add(at.pointer);
  const branches = unions.flat().map((branch) => shapeOf(description, [branch], branch));
  return branches.flatMap((branch) => into(description, branch, step, tried));
}

/** The schemas of a part of an operation, or of its first reply where it has none with the status. */
function schemasAt({ body, replies, parameters }: Operation, part: string): Node[] {
  const [place = '', key = '', name] = part.split(/[/ ]/);
  const holderOf = (): Part | undefined => {
    if (place === 'requestBody') return body;
    if (place === 'responses') return replies.find(({ status }) => status === key) ?? replies[0];
    return parameters.find((parameter) => parameter.name === name);
  };
  const holder = holderOf();
  return holder === undefined ? [] : schemasOf(holder);
}
