import type { OpenAPI3, OperationObject } from 'openapi-typescript';

/** The whole description: the capture with the overlay applied. */
export type Spec = OpenAPI3;

export interface Operation {
  readonly id: string;
  readonly method: (typeof methods)[number];
  readonly path: string;
  readonly object: OperationObject;
}

const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'] as const;

/** Every operation of the spec, in the order of its paths. */
export function operationsOf(spec: Spec): Operation[] {
  return Object.entries(spec.paths ?? {}).flatMap(([path, item]) => {
    if ('$ref' in item) return [];
    return methods.flatMap((method) => {
      const object = item[method];
      if (object === undefined || '$ref' in object || object.operationId === undefined) return [];
      return [{ id: object.operationId, method, path, object }];
    });
  });
}

/** Whether a call of the operation has to say anything: a required parameter or a required body. */
export function needsArguments(spec: Spec, operation: Operation): boolean {
  const item = spec.paths?.[operation.path];
  const shared = item !== undefined && 'parameters' in item ? (item.parameters ?? []) : [];
  const parameters = [...shared, ...(operation.object.parameters ?? [])];
  const body = operation.object.requestBody;
  return (
    parameters.some((parameter) => resolve(spec, parameter)['required'] === true) ||
    (body !== undefined && resolve(spec, body)['required'] === true)
  );
}

/** What an object stands for: itself, or what its reference points to. */
export function resolve(spec: Spec, object: object): Readonly<Record<string, unknown>> {
  if (!('$ref' in object) || typeof object.$ref !== 'string') return { ...object };
  const target = object.$ref
    .split('/')
    .slice(1)
    .map((segment) => segment.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce<unknown>((node, segment) => (isRecord(node) ? node[segment] : undefined), spec);
  if (!isRecord(target)) throw new Error(`${object.$ref} is not in the spec.`);
  return resolve(spec, target);
}

export function isSpec(value: unknown): value is Spec {
  return isRecord(value) && typeof value['openapi'] === 'string' && isRecord(value['info']);
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
