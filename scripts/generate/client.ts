import { banner } from './banner.js';
import { needsArguments, operationsOf, type Operation, type Spec } from './spec.js';

/** `client.ts`: one function an operation over openapi-fetch, and what the spec says of each operation. */
export function generateClient(spec: Spec): string {
  const operations = operationsOf(spec);
  return `${banner}
import createClient, { type ClientOptions, type FetchOptions } from 'openapi-fetch';
import type { paths } from './schema.js';

/** The server that the spec names first. */
export const defaultServer = ${literal(spec.servers?.[0]?.url ?? '/')};

/** Method, path and extensions of every operation, by operationId. */
export const operationDetails = ${literal(Object.fromEntries(operations.map((operation) => [operation.id, details(operation)])))} as const;

/** The operations of the spec as functions, by operationId. */
export function createOperations(options: ClientOptions = {}) {
  const client = createClient<paths>({ baseUrl: defaultServer, ...options });
  return {
${operations.map((operation) => operationFunction(spec, operation)).join('\n')}
  };
}

export type Operations = ReturnType<typeof createOperations>;
`;
}

function operationFunction(spec: Spec, operation: Operation): string {
  const { id, method, path, object } = operation;
  const optional = needsArguments(spec, operation) ? '' : '?';
  const init = `init${optional}: FetchOptions<paths[${literal(path)}][${literal(method)}]>`;
  return `    /** ${comment(object.summary ?? id)}: \`${method.toUpperCase()} ${path}\` */
    ${propertyName(id)}: (${init}) => client.${method.toUpperCase()}(${literal(path)}, init),`;
}

function details({ method, path, object }: Operation): Record<string, unknown> {
  const extensions = Object.entries(object).filter(([name]) => name.startsWith('x-'));
  return { method, path, ...Object.fromEntries(extensions) };
}

function propertyName(id: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(id) ? id : literal(id);
}

function comment(text: string): string {
  return text.replaceAll('*/', '*\\/').replaceAll(/\s+/g, ' ').trim();
}

function literal(value: unknown): string {
  return JSON.stringify(value, null, 2);
}
