import fc from 'fast-check';
import { at, isJsonObject, objectOf, type Operation } from '../../src/openapi/index.js';
import { merged, samplesOf, type SchemaSource } from './arbitrary.js';
import { jsonBodyOf, requestArbitrary, type RequestParts } from './request-parts.js';
import { seed } from './seed.js';

const requests = new WeakMap<Operation, RequestParts>();

/** A valid request of the operation, always the same one. Checks change one thing in it. */
export function someRequest(source: SchemaSource, operation: Operation): RequestParts {
  const known = requests.get(operation);
  if (known !== undefined) return known;
  const plain = { ...source, plain: true };
  const [parts] = fc.sample(requestArbitrary(plain, operation), { seed, numRuns: 1 });
  if (parts === undefined) throw new Error(`${operation.operationId} has no valid request.`);
  requests.set(operation, parts);
  return parts;
}

/** The limits of a request that `x-hubspot-limits` states. */
export function limitsOf(operation: Operation): { name: string; limit: number; pointer: string }[] {
  return Object.entries(objectOf(operation.value['x-hubspot-limits'])).map(([name, limit]) => ({
    name,
    limit: Number(limit),
    pointer: at(operation.pointer, 'x-hubspot-limits', name),
  }));
}

/** A request whose list `name` has the given length. */
export function requestOfLength(
  source: SchemaSource,
  operation: Operation,
  name: string,
  length: number,
): RequestParts {
  const parts = someRequest(source, operation);
  const body = merged(source, objectOf(jsonBodyOf(operation)?.schema.value));
  const { items } = merged(source, objectOf(objectOf(body['properties'])[name]));
  if (!isJsonObject(items)) {
    throw new Error(`x-hubspot-limits names ${name}, which is not a list in the body of ${operation.operationId}.`);
  }
  const [item] = samplesOf(source, items, 1);
  return { ...parts, body: { ...objectOf(parts.body), [name]: Array.from({ length }, () => item) } };
}
