import fc, { type Arbitrary } from 'fast-check';
import { arbitraryOf, type SchemaSource } from './arbitrary.js';
import {
  isJson,
  isJsonObject,
  listOf,
  without,
  type Content,
  type JsonObject,
  type Operation,
  type Parameter,
} from '../../src/openapi/index.js';

/** The token of every request of the suite. It must not come back in any error or record. */
export const token = 'pat-contract-0123456789';

/** What a request says, before it is written down. */
export interface RequestParts {
  readonly path: JsonObject;
  readonly query: JsonObject;
  readonly header: JsonObject;
  readonly cookie: JsonObject;
  /** Undefined for a request without a body. */
  readonly body: unknown;
  readonly mediaType: string | undefined;
  /** Whether it carries what the security requirement asks for. */
  readonly authorized: boolean;
}

const places = ['path', 'query', 'header', 'cookie'] as const;

/** Requests of an operation that conform to the description. */
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
    cookie: parametersIn('cookie'),
    body: content === undefined ? fc.constant(undefined) : bodyArbitrary(source, operation),
    mediaType: fc.constant(content?.mediaType),
    authorized: fc.constant(true),
  });
}

/** Bodies that conform. */
function bodyArbitrary(source: SchemaSource, { body }: Operation): Arbitrary<unknown> {
  const [content] = body?.contents ?? [];
  if (content === undefined) return fc.constant(undefined);
  return arbitraryOf(source, content.schema.value).filter((value) => canBeBody(content, value));
}

/** Prism takes an empty text for no body. */
export function canBeBody({ mediaType }: Pick<Content, 'mediaType'>, value: unknown): boolean {
  return isJson(mediaType) || value !== '';
}

/** Values of a parameter that can be written where it belongs. */
export function parameterArbitrary(source: SchemaSource, parameter: Parameter): Arbitrary<unknown> {
  return arbitraryOf(source, parameter.schema.value).filter((value) => canBeWritten(parameter, value));
}

/** A path takes no empty segment, a header no characters but those of ASCII that are seen. */
export function canBeWritten(parameter: Pick<Parameter, 'in'>, value: unknown): boolean {
  const text = textOf(value);
  if (parameter.in === 'path') return !['', '.', '..'].includes(text.trim());
  if (parameter.in === 'header' || parameter.in === 'cookie') return /^[\x21-\x7e]+$/.test(text);
  // Prism takes an empty value of a query for none.
  const values = Array.isArray(value) ? listOf(value) : [value];
  return values.length > 0 && values.every((item) => textOf(item) !== '');
}

/** The request as it goes over the wire, written by hand rather than by the client. */
export function requestOf(operation: Operation, parts: RequestParts, baseUrl: string): Request {
  const path = operation.path.replaceAll(/\{([^}]+)\}/g, (_, name: string) =>
    encodeURIComponent(textOf(parts.path[name])),
  );
  const url = new URL(baseUrl.replace(/\/$/, '') + path);
  for (const [name, value] of Object.entries(parts.query)) appendQuery(url, name, value);
  const headers = new Headers();
  for (const [name, value] of Object.entries(parts.header)) headers.set(name, textOf(value));
  const cookies = Object.entries(parts.cookie).map(([name, value]) => `${name}=${textOf(value)}`);
  if (parts.mediaType !== undefined) headers.set('content-type', parts.mediaType);
  if (parts.authorized) authorize(operation, url, headers, cookies);
  if (cookies.length > 0) headers.set('cookie', cookies.join('; '));
  const body = parts.body === undefined ? undefined : written(parts);
  return new Request(url, { method: operation.method.toUpperCase(), headers, ...(body === undefined ? {} : { body }) });
}

function written({ body, mediaType }: RequestParts): string {
  return mediaType === undefined || isJson(mediaType) || typeof body !== 'string' ? JSON.stringify(body) : body;
}

/** Style `form`, exploded, which is the default. */
function appendQuery(url: URL, name: string, value: unknown): void {
  if (Array.isArray(value)) for (const item of listOf(value)) url.searchParams.append(name, textOf(item));
  else if (isJsonObject(value))
    for (const [key, item] of Object.entries(value)) url.searchParams.append(key, textOf(item));
  else url.searchParams.append(name, textOf(value));
}

function textOf(value: unknown): string {
  return Array.isArray(value)
    ? value.map(textOf).join(',')
    : typeof value === 'string'
      ? value
      : JSON.stringify(value ?? '');
}

/** Credentials for the first alternative of the security requirement. */
function authorize(operation: Operation, url: URL, headers: Headers, cookies: string[]): void {
  for (const { value: scheme, pointer } of operation.security[0] ?? []) {
    const name = String(scheme['name']);
    if (scheme['type'] === 'apiKey') {
      if (scheme['in'] === 'header') headers.set(name, token);
      else if (scheme['in'] === 'query') url.searchParams.set(name, token);
      else cookies.push(`${name}=${token}`);
    } else if (scheme['type'] === 'http' && scheme['scheme'] === 'basic') {
      headers.set('authorization', `Basic ${Buffer.from(`user:${token}`).toString('base64')}`);
    } else if (['http', 'oauth2', 'openIdConnect'].includes(String(scheme['type']))) {
      headers.set('authorization', `Bearer ${token}`);
    } else {
      throw new Error(`#${pointer}: the contract suite does not know the security scheme ${String(scheme['type'])}.`);
    }
  }
}

/** The same request with another value of one parameter, or without it. */
export function withParameter(parts: RequestParts, parameter: Parameter, value: unknown): RequestParts {
  const place = places.find((name) => name === parameter.in);
  if (place === undefined) throw new Error(`#${parameter.pointer}: a parameter in ${parameter.in} is not known.`);
  const others = without(parts[place], parameter.name);
  return { ...parts, [place]: value === undefined ? others : { ...others, [parameter.name]: value } };
}

/** The JSON body of an operation, if it has one. */
export function jsonBodyOf(operation: Operation): Content | undefined {
  return operation.body?.contents.find(({ mediaType }) => isJson(mediaType));
}
