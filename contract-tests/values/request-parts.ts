import fc, { type Arbitrary } from 'fast-check';
import { arbitraryOf, type SchemaSource } from './arbitrary.js';
import {
  isJson,
  listOf,
  without,
  type Content,
  type JsonObject,
  type Operation,
  type Parameter,
} from '../../src/openapi/index.js';

/** The token of every request in the suite. It must never appear in an error or a record. */
export const token = 'pat-contract-0123456789';

/** A request before it is serialized. */
export interface RequestParts {
  readonly path: JsonObject;
  readonly query: JsonObject;
  readonly header: JsonObject;
  /** Undefined for a request without a body. */
  readonly body: unknown;
  readonly mediaType: string | undefined;
  /** Whether to send the required credentials. */
  readonly authorized: boolean;
}

const locations = ['path', 'query', 'header'] as const;

/** Valid requests of an operation. */
export function requestArbitrary(source: SchemaSource, operation: Operation): Arbitrary<RequestParts> {
  const parametersIn = (place: string): Arbitrary<JsonObject> => {
    const parameters = operation.parameters.filter((parameter) => parameter.in === place);
    return fc.record(
      Object.fromEntries(parameters.map((parameter) => [parameter.name, parameterArbitrary(source, parameter)])),
      { requiredKeys: parameters.filter(({ required }) => required).map(({ name }) => name) },
    );
  };
  const content = operation.body?.contents[0];
  return fc.record({
    path: parametersIn('path'),
    query: parametersIn('query'),
    header: parametersIn('header'),
    body: content === undefined ? fc.constant(undefined) : bodyArbitrary(source, operation),
    mediaType: fc.constant(content?.mediaType),
    authorized: fc.constant(true),
  });
}

function bodyArbitrary(source: SchemaSource, { body }: Operation): Arbitrary<unknown> {
  const [content] = body?.contents ?? [];
  if (content === undefined) return fc.constant(undefined);
  return arbitraryOf(source, content.schema.value).filter((value) => canBeBody(content, value));
}

/** Prism treats an empty text as no body. */
export function canBeBody({ mediaType }: Pick<Content, 'mediaType'>, value: unknown): boolean {
  return isJson(mediaType) || value !== '';
}

/** Values of a parameter that can be sent in its location. */
export function parameterArbitrary(source: SchemaSource, parameter: Parameter): Arbitrary<unknown> {
  return arbitraryOf(source, parameter.schema.value).filter((value) => canBeWritten(parameter, value));
}

/** A path segment cannot be empty, and a header can hold only visible ASCII characters. */
export function canBeWritten(parameter: Pick<Parameter, 'in'>, value: unknown): boolean {
  const text = textOf(value);
  if (parameter.in === 'path') return !['', '.', '..'].includes(text.trim());
  if (parameter.in === 'header') return /^[\x21-\x7e]+$/.test(text);
  // Prism treats an empty query value as missing.
  const values = Array.isArray(value) ? listOf(value) : [value];
  return values.length > 0 && values.every((item) => textOf(item) !== '');
}

/** The request as the client should send it, built independently of the client. */
export function requestOf(operation: Operation, parts: RequestParts, baseUrl: string): Request {
  const path = operation.path.replaceAll(/\{([^}]+)\}/g, (_, name: string) =>
    encodeURIComponent(textOf(parts.path[name])),
  );
  const url = new URL(baseUrl.replace(/\/$/, '') + path);
  for (const [name, value] of Object.entries(parts.query)) appendQuery(url, name, value);
  const headers = new Headers();
  for (const [name, value] of Object.entries(parts.header)) headers.set(name, textOf(value));
  if (parts.mediaType !== undefined) headers.set('content-type', parts.mediaType);
  if (parts.authorized && (operation.security[0] ?? []).length > 0) headers.set('authorization', `Bearer ${token}`);
  const body = parts.body === undefined ? undefined : serializedBody(parts);
  return new Request(url, { method: operation.method.toUpperCase(), headers, ...(body === undefined ? {} : { body }) });
}

function serializedBody({ body, mediaType }: RequestParts): string {
  return mediaType === undefined || isJson(mediaType) || typeof body !== 'string' ? JSON.stringify(body) : body;
}

/** Style `form` with `explode: true`, which is the default. */
function appendQuery(url: URL, name: string, value: unknown): void {
  if (Array.isArray(value)) for (const item of listOf(value)) url.searchParams.append(name, textOf(item));
  else url.searchParams.append(name, textOf(value));
}

function textOf(value: unknown): string {
  return Array.isArray(value)
    ? value.map(textOf).join(',')
    : typeof value === 'string'
      ? value
      : JSON.stringify(value ?? '');
}

/** The request with another value for one parameter, or without the parameter if `value` is undefined. */
export function withParameter(parts: RequestParts, parameter: Parameter, value: unknown): RequestParts {
  const location = locations.find((name) => name === parameter.in);
  if (location === undefined)
    throw new Error(`#${parameter.pointer}: the contract suite does not support parameters in ${parameter.in}.`);
  const others = without(parts[location], parameter.name);
  return { ...parts, [location]: value === undefined ? others : { ...others, [parameter.name]: value } };
}

/** The JSON body of an operation, if it has one. */
export function jsonBodyOf(operation: Operation): Content | undefined {
  return operation.body?.contents.find(({ mediaType }) => isJson(mediaType));
}
