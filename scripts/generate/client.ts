import { banner } from './banner.js';
import { operationsOf, type Operation } from '../../src/openapi/index.js';
import { mediaTypesOf } from './media-types.js';
import type { Spec } from './spec.js';
import { pathsById, type ApiVersion } from './versions.js';

/**
 * `client.ts`: one function per operation, based on openapi-fetch, and the details of each operation.
 *
 * @param versions - The other versions of the API, besides that of the spec.
 */
export function generateClient(spec: Spec, versions: readonly ApiVersion[] = []): string {
  const operations = operationsOf(spec);
  const all = [spec, ...versions.map((version) => version.spec)];
  const functions = operations.map(operationFunction).join('\n');
  const helper = functions.includes(' withMediaTypes(') ? withMediaTypes : '';
  return `${banner}
import createClient, { ${helper === '' ? '' : 'mergeHeaders, '}type ClientOptions, type FetchOptions } from 'openapi-fetch';
import type { paths } from './schema.js';

/** The first server of the spec. */
export const defaultServer = ${literal(spec.servers?.[0]?.url ?? '/')};

/** Method, path and extensions of every operation, by operationId. */
export const operationDetails = ${literal(Object.fromEntries(operations.map((operation) => [operation.operationId, details(operation)])))} as const;

/** The path of every operation, by operationId, in each version of the API. The first is the default. */
export const apiVersions = ${literal(Object.fromEntries(all.map((version) => [version.info.version, pathsById(version)])))} as const;

/** A version of the API. */
export type ApiVersion = keyof typeof apiVersions;

/** The version that is called by default. */
export const defaultApiVersion = ${literal(spec.info.version)} satisfies ApiVersion;

/** The paths of every version, with the types of the corresponding paths of the spec. */
interface VersionedPaths extends paths {${otherPaths(spec, versions)}}

/** The operations of the spec as functions, by operationId. */
export function createOperations({ apiVersion = defaultApiVersion, ...options }: OperationsOptions = {}) {
  const client = createClient<VersionedPaths>({ baseUrl: defaultServer, ...options });
  const path = apiVersions[apiVersion];
  return {
${functions}
  };
}

/** The options of openapi-fetch, and the version of the API to call. */
export interface OperationsOptions extends ClientOptions {
  apiVersion?: ApiVersion;
}

export type Operations = ReturnType<typeof createOperations>;
${helper}`;
}

function operationFunction(operation: Operation): string {
  const { operationId: id, method, path } = operation;
  const optional = needsArguments(operation) ? '' : '?';
  const init = `init${optional}: FetchOptions<paths[${literal(path)}][${literal(method)}]>`;
  const mediaTypes = mediaTypesOf(operation);
  const isJson = Object.keys(mediaTypes).length === 0;
  const options = isJson
    ? 'init'
    : `withMediaTypes(init${optional === '' ? '' : ' ?? {}'}, ${JSON.stringify(mediaTypes)})`;
  return `${documentation(operation)}
    ${propertyName(id)}: (${init}) => client.${method.toUpperCase()}(path${member(id)}, ${options}),`;
}

/** Whether the call requires arguments. */
function needsArguments({ parameters, body }: Operation): boolean {
  return parameters.some(({ required }) => required) || body?.required === true;
}

/** The paths that only other versions have, each with the type of the corresponding path of the spec. */
function otherPaths(spec: Spec, versions: readonly ApiVersion[]): string {
  const own = pathsById(spec);
  const moved = versions.flatMap((version) => Object.entries(pathsById(version.spec)));
  const others = new Map(moved.flatMap(([id, path]) => (own[id] === path ? [] : [[path, own[id]]])));
  return (
    [...others].map(([path, base]) => `\n  ${literal(path)}: paths[${literal(base)}];`).join('') +
    (others.size > 0 ? '\n' : '')
  );
}

/** The TSDoc of the function; editors strike out a deprecated one. */
function documentation({ operationId, method, path, value }: Operation): string {
  const { summary, deprecated } = value;
  const title = typeof summary === 'string' ? summary : operationId;
  const heading = `${comment(title)}: \`${method.toUpperCase()} ${path}\``;
  if (deprecated !== true) return `    /** ${heading} */`;
  return `    /**\n     * ${heading}\n     *\n     * @deprecated The API may drop the operation.\n     */`;
}

/** Emitted if an operation has a non-JSON body. */
const withMediaTypes = `
interface MediaTypes {
  readonly contentType?: string;
  readonly sendAsGiven?: boolean;
  readonly parseAs?: 'text' | 'blob';
}

/** Sets the media types of the spec; the caller's options override them. */
function withMediaTypes<T extends { headers?: FetchOptions<unknown>['headers'] }>(
  init: T,
  { contentType, sendAsGiven, parseAs }: MediaTypes,
): T {
  return {
    ...(parseAs && { parseAs }),
    ...(sendAsGiven && { bodySerializer: (body: unknown) => body }),
    ...init,
    headers: mergeHeaders(contentType === undefined ? {} : { 'Content-Type': contentType }, init.headers),
  };
}
`;

function details({ method, path, value }: Operation): Record<string, unknown> {
  const extensions = Object.entries(value).filter(([name]) => name.startsWith('x-'));
  return { method, path, ...Object.fromEntries(extensions) };
}

function propertyName(id: string): string {
  return isIdentifier(id) ? id : literal(id);
}

function member(id: string): string {
  return isIdentifier(id) ? `.${id}` : `[${literal(id)}]`;
}

function isIdentifier(id: string): boolean {
  return /^[A-Za-z_$][\w$]*$/.test(id);
}

function comment(text: string): string {
  return text.replaceAll('*/', '*\\/').replaceAll(/\s+/g, ' ').trim();
}

function literal(value: unknown): string {
  return JSON.stringify(value, null, 2);
}
