import { createOperations, type Operations } from '../../generated/client.js';
import { stopIfAborted, type Message } from './attempt.js';
import type { ResolvedOptions } from './options.js';
import { parseJson, type Reply } from './read-body.js';
import type { Send } from './send.js';

/** Statuses whose replies have no body (https://fetch.spec.whatwg.org/#null-body-status). */
const bodiless = new Set([204, 205, 304]);

/**
 * The operations of the spec, sent with a client's token, allowance and errors. The bodies of requests and
 * replies pass through byte for byte.
 */
export function createClientOperations({ baseUrl, apiVersion }: ResolvedOptions, send: Send): Operations {
  return createOperations({
    baseUrl,
    apiVersion,
    fetch: async (request) => {
      const message = await messageOf(request);
      return send(message, { maxAttempts: 1, read: (reply) => withRereadableBody(reply, message) });
    },
  });
}

/**
 * The body is read into memory: a stream can be read only once, and a request is resent when its token is
 * refused.
 */
async function messageOf(request: Request): Promise<Message> {
  stopIfAborted(request);
  const { url, method, headers, signal } = request;
  const bytes = await request.arrayBuffer();
  return { url, method, headers, signal, body: () => (bytes.byteLength === 0 ? null : bytes) };
}

/** Makes a reply whose body can be read again. Its length is that of the decoded body. */
function withRereadableBody(reply: Reply, { method }: Message): Response {
  const { bytes, response } = reply;
  const { status, statusText } = response;
  const headers = new Headers(response.headers);
  if (method === 'HEAD' || bodiless.has(status)) return new Response(null, { status, statusText, headers });
  headers.delete('transfer-encoding');
  headers.set('content-length', String(bytes.byteLength));
  const rereadable = new Response(bytes, { status, statusText, headers });
  // If a body's length is known, openapi-fetch reads it with the method that its caller chose. A subclass
  // of Response would make Node load its fetch, which takes 15 ms, wherever this module is imported.
  return Object.assign(rereadable, {
    /** @throws ContractError if the body is not JSON. */
    json: async (): Promise<unknown> => {
      await rereadable.arrayBuffer();
      return parseJson(reply);
    },
  });
}
