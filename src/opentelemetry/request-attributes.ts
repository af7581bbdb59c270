import type { Attributes } from '@opentelemetry/api';
import { operationDetails } from '../../generated/client.js';
import type { AnyAssociationsError } from '../client/errors.js';
import type { RequestEvent, RequestFinishedEvent } from '../client/events.js';

/** Attributes of a request, according to the conventions for HTTP clients. */
export interface RequestAttributes {
  /** Attributes with few distinct values, for metrics and names of spans. */
  readonly shared: Attributes & { readonly 'http.request.method': string };
  /** The path template of the operation, if the spec has the operation. */
  readonly template: string | undefined;
  /** The full URL, with names of parameters in place of record ids. */
  readonly url: string;
}

/**
 * Describes requests according to the semantic conventions.
 * https://opentelemetry.io/docs/specs/semconv/http/http-spans/
 *
 * @param recordIds - Whether the URL may contain record ids.
 */
export function createRequestAttributes(recordIds: boolean): (event: RequestEvent) => RequestAttributes {
  return ({ method, url }) => {
    const { origin, protocol, hostname, port, pathname } = new URL(url);
    const template = Object.values(operationDetails).find(
      (operation) => operation.method === method.toLowerCase() && valuesOf(operation.path, pathname) !== undefined,
    )?.path;
    const scheme = protocol.slice(0, -1);
    return {
      shared: {
        'http.request.method': method,
        'server.address': hostname,
        'server.port': port === '' ? (scheme === 'http' ? 80 : 443) : Number(port),
        'url.scheme': scheme,
        ...(template === undefined ? {} : { 'url.template': template }),
      },
      template,
      url: recordIds ? url : `${origin}${pathWithoutRecords(template, pathname)}`,
    };
  };
}

/** The result of an attempt: the status of its reply, or the kind of failure. */
export function endAttributes({ status, error }: Pick<RequestFinishedEvent, 'status' | 'error'>): Attributes {
  return {
    ...(status === undefined ? {} : { 'http.response.status_code': status }),
    ...(error === undefined ? {} : { 'error.type': errorType(error) }),
  };
}

/** The status of a refusal, or else the name of the error. */
export function errorType(error: AnyAssociationsError): string {
  return error.code === 'API' ? String(error.status) : error.name;
}

/** Replaces everything in a path that may be a record id. Object types are kept. */
function pathWithoutRecords(template: string | undefined, pathname: string): string {
  const values = template === undefined ? undefined : valuesOf(template, pathname);
  if (template === undefined || values === undefined) {
    return pathname
      .split('/')
      .map((part) => (/^\d{4}-\d\d$|^v\d+$|^\D*$/.test(part) ? part : '{id}'))
      .join('/');
  }
  const prefix = pathname.slice(0, pathname.length - values.path.length);
  const shown = template.replaceAll(/\{(\w+)\}/g, (name: string, key: string) =>
    /objectType$/i.test(key) ? (values.parameters[key] ?? name) : name,
  );
  return `${prefix}${shown}`;
}

/** The values of a template's parameters in a path. A base URL may add a prefix. */
function valuesOf(
  template: string,
  pathname: string,
): { readonly path: string; readonly parameters: Readonly<Record<string, string>> } | undefined {
  const pattern = template
    .split(/\{(\w+)\}/)
    .map((part, index) =>
      index % 2 === 1 ? `(?<${part}>[^/]+)` : part.replaceAll(/[.*+?^$()|[\]\\]/g, String.raw`\$&`),
    )
    .join('');
  const found = new RegExp(`${pattern}$`).exec(pathname);
  return found === null ? undefined : { path: found[0], parameters: found.groups ?? {} };
}
