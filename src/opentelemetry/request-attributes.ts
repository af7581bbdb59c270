import type { Attributes } from '@opentelemetry/api';
import { operationDetails } from '../../generated/client.js';
import type { AnyAssociationsError } from '../client/errors.js';
import type { RequestEvent, RequestFinishedEvent } from '../client/events.js';

/** What the conventions for HTTP clients say of a request. */
export interface RequestAttributes {
  /** What few requests differ in: for metrics, and for the name of a span. */
  readonly shared: Attributes & { readonly 'http.request.method': string };
  /** The path of the operation with the names of its parameters, if the spec has the operation. */
  readonly template: string | undefined;
  /** The whole address, with the names of parameters in the place of records. */
  readonly url: string;
}

/**
 * Describes requests by the semantic conventions.
 * https://opentelemetry.io/docs/specs/semconv/http/http-spans/
 *
 * @param recordIds - Whether the address may name records.
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

/** What an attempt came to: the status of its reply, or what kind of failure it was. */
export function endAttributes({ status, error }: Pick<RequestFinishedEvent, 'status' | 'error'>): Attributes {
  return {
    ...(status === undefined ? {} : { 'http.response.status_code': status }),
    ...(error === undefined ? {} : { 'error.type': errorType(error) }),
  };
}

/** The status of a refusal, and else the name of the error. */
export function errorType(error: AnyAssociationsError): string {
  return error.code === 'API' ? String(error.status) : error.name;
}

/** Names of object types name no record. All else in a path may. */
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

/** What stands in a path in the place of the parameters of a template. A base URL may put something before it. */
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
