import { child, children, follow, invalid, isRecord, type Description, type Node } from './description.js';

export interface Operation {
  readonly description: Description;
  /** Lower case, as in the description. */
  readonly method: string;
  readonly path: string;
  readonly id: string | undefined;
  readonly at: Node;
  /** Parameters by what they are called on the wire, those of the path by their position in it. */
  readonly parameters: ReadonlyMap<string, Node>;
}

/** An operation of the old description and what has become of it. */
export interface OperationPair {
  readonly old: Operation | undefined;
  readonly new: Operation | undefined;
}

const methods = new Set(['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace']);

/** @throws DescriptionError when the description has none, or one that is not as OpenAPI wants it. */
export function operationsOf(description: Description): Operation[] {
  const paths = child(description.root, 'paths');
  const operations = children(paths).flatMap(([path, item]) => {
    if (path.startsWith('x-')) return [];
    const resolved = map(description, item);
    return children(resolved)
      .filter(([method]) => methods.has(method))
      .map(([method, node]): Operation => {
        const at = map(description, node);
        requireResponses(description, at);
        const id = child(at, 'operationId')?.value;
        return {
          ...{ description, method, path, at },
          id: typeof id === 'string' ? id : undefined,
          parameters: parametersOf(description, path, [resolved, at]),
        };
      });
  });
  if (operations.length === 0) invalid(description, paths ?? description.root, 'describes no operation.');
  return operations;
}

/** How people name an operation. */
export function titleOf({ method, path }: Operation): string {
  return `${method.toUpperCase()} ${path}`;
}

/**
 * Finds for each operation what has become of it. Paths are compared first as they are, then without
 * their version and the names of their parameters, then by where they end.
 */
export function pairOperations(old: readonly Operation[], changed: readonly Operation[]): OperationPair[] {
  const left = { old: new Set(old), new: new Set(changed) };
  const partner = new Map<Operation, Operation>();
  for (const likeness of likenesses) {
    const [before, after] = [groups(left.old, likeness), groups(left.new, likeness)];
    for (const [key, [operation, ...more]] of before) {
      const [other, ...others] = after.get(key) ?? [];
      // Of several that look alike, none can be told to be this one.
      if (operation === undefined || other === undefined || more.length + others.length > 0) continue;
      partner.set(operation, other);
      left.old.delete(operation);
      left.new.delete(other);
    }
  }
  return [
    ...old.map((operation) => ({ old: operation, new: partner.get(operation) })),
    ...[...left.new].map((operation) => ({ old: undefined, new: operation })),
  ];
}

const likenesses: ((operation: Operation) => string | undefined)[] = [
  ({ method, path }) => `${method} ${path}`,
  ({ method, path }) => `${method} ${path.replaceAll(/\{[^}]*\}/g, '{}')}`,
  ({ method, path }) => `${method} ${unversioned(path)}`,
  ({ path }) => unversioned(path),
  ({ method, path }) => {
    const end = /\}\/([^{}]+)$/.exec(path)?.[1];
    return end === undefined ? undefined : `${method} ${end}`;
  },
];

/** `/crm/v4/associations/{a}` and `/crm/associations/2025-09/{a}` are versions of one path. */
function unversioned(path: string): string {
  return path
    .replaceAll(/\{[^}]*\}/g, '{}')
    .replaceAll(/\/(v\d+(\.\d+)*|\d{4}-\d{2}(-\d{2})?)(-?(alpha|beta|preview)\w*)?(?=\/|$)/g, '');
}

function groups(
  operations: Iterable<Operation>,
  keyOf: (operation: Operation) => string | undefined,
): Map<string, Operation[]> {
  const result = new Map<string, Operation[]>();
  for (const operation of operations) {
    const key = keyOf(operation);
    if (key !== undefined) result.set(key, [...(result.get(key) ?? []), operation]);
  }
  return result;
}

/** A parameter of the operation stands for the one of the same name of its path. */
function parametersOf(description: Description, path: string, holders: Node[]): Map<string, Node> {
  const positions = [...path.matchAll(/\{([^}]*)\}/g)].map(([, name]) => name);
  const parameters = new Map<string, Node>();
  for (const [, entry] of holders.flatMap((holder) => children(child(holder, 'parameters')))) {
    const node = map(description, entry);
    const [place, name] = [child(node, 'in')?.value, child(node, 'name')?.value];
    if (typeof place !== 'string' || typeof name !== 'string') {
      return invalid(description, node, 'is no parameter: it needs "in" and "name".');
    }
    // The specification has these three described elsewhere.
    if (place === 'header' && /^(accept|content-type|authorization)$/i.test(name)) continue;
    const position = place === 'path' ? positions.indexOf(name) : -1;
    const key = position >= 0 ? String(position) : place === 'header' ? name.toLowerCase() : name;
    parameters.set(`${place}/${key}`, node);
  }
  return parameters;
}

function requireResponses(description: Description, operation: Node): void {
  const responses = child(operation, 'responses');
  if (!isRecord(responses?.value))
    invalid(description, responses ?? operation, 'an operation needs a map of responses.');
}

function map(description: Description, node: Node): Node {
  const resolved = follow(description, node);
  return isRecord(resolved.value) ? resolved : invalid(description, node, 'is not a map, as OpenAPI wants it here.');
}
