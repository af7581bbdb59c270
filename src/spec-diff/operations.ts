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
  /** Parameters by their name on the wire; path parameters by their position in the path. */
  readonly onWire: ReadonlyMap<string, Parameter>;
}

/** An operation in the old and in the new description. */
export interface OperationPair {
  readonly old: Operation | undefined;
  readonly new: Operation | undefined;
}

/** @throws DescriptionError if the description has no operations or an invalid one. */
export function operationsOf(description: Description): Operation[] {
  const { root, refuse } = description;
  const operations = describedOperations(root.value, refuse);
  if (operations.length === 0) refuse(child(root, 'paths') ?? root, 'has no operations.');
  return operations.map((operation) => {
    const responses = child(operation, 'responses');
    if (!isJsonObject(responses?.value)) refuse(responses ?? operation, 'an operation needs a map of responses.');
    return { ...operation, description, onWire: parametersOnWire(operation) };
  });
}

/** The method and path, such as `POST /books`. */
export function titleOf({ method, path }: Operation): string {
  return `${method.toUpperCase()} ${path}`;
}

/**
 * Finds the new version of each operation. Paths are compared first in full, then without their version
 * and parameter names, then by their last segment.
 */
export function pairOperations(old: readonly Operation[], changed: readonly Operation[]): OperationPair[] {
  const unmatched = { old: new Set(old), new: new Set(changed) };
  const partner = new Map<Operation, Operation>();
  for (const matchKey of matchKeys) {
    const [before, after] = [groups(unmatched.old, matchKey), groups(unmatched.new, matchKey)];
    for (const [key, [operation, ...more]] of before) {
      const [other, ...others] = after.get(key) ?? [];
      // Do not guess between several candidates.
      if (operation === undefined || other === undefined || more.length + others.length > 0) continue;
      partner.set(operation, other);
      unmatched.old.delete(operation);
      unmatched.new.delete(other);
    }
  }
  return [
    ...old.map((operation) => ({ old: operation, new: partner.get(operation) })),
    ...[...unmatched.new].map((operation) => ({ old: undefined, new: operation })),
  ];
}

const matchKeys: ((operation: Operation) => string | undefined)[] = [
  ({ method, path }) => `${method} ${path}`,
  ({ method, path }) => `${method} ${path.replaceAll(/\{[^}]*\}/g, '{}')}`,
  ({ method, path }) => `${method} ${unversioned(path)}`,
  ({ path }) => unversioned(path),
  ({ method, path }) => {
    const end = /\}\/([^{}]+)$/.exec(path)?.[1];
    return end === undefined ? undefined : `${method} ${end}`;
  },
];

/** `/crm/v4/associations/{a}` and `/crm/associations/2025-09/{a}` are versions of the same path. */
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
    // OpenAPI ignores header parameters with these names.
    if (place === 'header' && /^(accept|content-type|authorization)$/i.test(name)) continue;
    const position = place === 'path' ? positions.indexOf(name) : -1;
    const key = position >= 0 ? String(position) : place === 'header' ? name.toLowerCase() : name;
    found.set(`${place}/${key}`, parameter);
  }
  return found;
}
