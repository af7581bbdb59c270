import {
  child,
  isJsonObject,
  operationsOf as describedOperations,
  type Description,
  type Operation as DescribedOperation,
  type Parameter,
} from '../openapi/index.js';

export interface Operation extends DescribedOperation {
  readonly description: Description;
  /** Parameters by what they are called on the wire, those of the path by their position in it. */
  readonly onWire: ReadonlyMap<string, Parameter>;
}

/** An operation of the old description and what has become of it. */
export interface OperationPair {
  readonly old: Operation | undefined;
  readonly new: Operation | undefined;
}

/** @throws DescriptionError when the description has none, or one that is not as OpenAPI wants it. */
export function operationsOf(description: Description): Operation[] {
  const { root, refuse } = description;
  const operations = describedOperations(root.value, refuse);
  if (operations.length === 0) refuse(child(root, 'paths') ?? root, 'describes no operation.');
  return operations.map((operation) => {
    const responses = child(operation, 'responses');
    if (!isJsonObject(responses?.value)) refuse(responses ?? operation, 'an operation needs a map of responses.');
    return { ...operation, description, onWire: parametersOnWire(operation) };
  });
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

function parametersOnWire({ path, parameters }: DescribedOperation): Map<string, Parameter> {
  const positions = [...path.matchAll(/\{([^}]*)\}/g)].map(([, name]) => name);
  const found = new Map<string, Parameter>();
  for (const parameter of parameters) {
    const { name, in: place } = parameter;
    // The specification has these three described elsewhere.
    if (place === 'header' && /^(accept|content-type|authorization)$/i.test(name)) continue;
    const position = place === 'path' ? positions.indexOf(name) : -1;
    const key = position >= 0 ? String(position) : place === 'header' ? name.toLowerCase() : name;
    found.set(`${place}/${key}`, parameter);
  }
  return found;
}
