import fc, { type Arbitrary } from 'fast-check';
import { arbitraryOf, type SchemaSource } from './arbitrary.js';
import { isJson, type Content, type JsonObject, type Reply } from '../../src/openapi/index.js';
import { parameterArbitrary } from './request-parts.js';

/** A reply before it is serialized. */
export interface ReplyParts {
  readonly status: number;
  readonly headers: JsonObject;
  readonly body: unknown;
  readonly mediaType: string | undefined;
}

/** Status codes that a documented status covers: itself, two of a range, or some undocumented errors for `default`. */
export function statusCodesOf(reply: Reply, documented: readonly Reply[]): number[] {
  if (reply.status !== 'default') {
    return /^\dXX$/.test(reply.status)
      ? [0, 7].map((last) => Number(reply.status[0]) * 100 + last)
      : [Number(reply.status)];
  }
  const taken = documented.map(({ status }) => status);
  return [418, 500, 503].filter(
    (code) => !taken.includes(String(code)) && !taken.includes(`${String(code)[0] ?? ''}XX`),
  );
}

/** Valid replies with a given status and media type. */
export function replyArbitrary(
  source: SchemaSource,
  reply: Reply,
  content: Content | undefined,
  status: number,
): Arbitrary<ReplyParts> {
  const headers = Object.fromEntries(reply.headers.map((header) => [header.name, parameterArbitrary(source, header)]));
  return fc.record({
    status: fc.constant(status),
    headers: fc.record(headers, {
      requiredKeys: reply.headers.filter(({ required }) => required).map(({ name }) => name),
    }),
    body: content === undefined ? fc.constant(undefined) : arbitraryOf(source, content.schema.value),
    mediaType: fc.constant(content?.mediaType),
  });
}

export function responseOf({ status, headers, body, mediaType }: ReplyParts): Response {
  const json = mediaType === undefined || isJson(mediaType);
  const text = body === undefined ? null : json || typeof body !== 'string' ? JSON.stringify(body) : body;
  const response = new Response(text, { status });
  if (mediaType === undefined) response.headers.delete('content-type');
  else response.headers.set('content-type', mediaType);
  for (const [name, value] of Object.entries(headers)) {
    response.headers.set(name, typeof value === 'string' ? value : JSON.stringify(value));
  }
  return response;
}
