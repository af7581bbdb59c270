import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A handler on a port. */
export interface Server {
  /** Where it listens, such as `http://127.0.0.1:4010`. */
  readonly url: string;
  /** Closes every connection and the port. */
  close(): Promise<void>;
}

/**
 * Serves a fetch handler on 127.0.0.1.
 *
 * @param handler - What answers: a simulator, or its `fetch`.
 * @param options - `port`: 0, the default, takes a free one.
 */
export async function serve(
  handler: { fetch: (request: Request) => Promise<Response> } | ((request: Request) => Promise<Response>),
  options: { readonly port?: number } = {},
): Promise<Server> {
  const answer = typeof handler === 'function' ? handler : handler.fetch;
  const server = createServer((incoming, outgoing) => {
    respond(incoming, outgoing, answer).catch((error: unknown) => {
      outgoing.destroy(error instanceof Error ? error : undefined);
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const address = server.address();
  return {
    url: `http://127.0.0.1:${String(isAddressInfo(address) ? address.port : '')}`,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => {
          if (error === undefined) resolve();
          else reject(error);
        });
        server.closeAllConnections();
      }),
  };
}

async function respond(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  answer: (request: Request) => Promise<Response>,
): Promise<void> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of incoming) if (chunk instanceof Uint8Array) chunks.push(chunk);
  const { method = 'GET', url = '/', headers } = incoming;
  const request = new Request(new URL(url, `http://${headers.host ?? '127.0.0.1'}`), {
    method,
    headers: Object.entries(headers).flatMap(([name, value]): [string, string][] =>
      value === undefined ? [] : [[name, Array.isArray(value) ? value.join(', ') : value]],
    ),
    body: method === 'GET' || method === 'HEAD' ? null : Buffer.concat(chunks),
  });
  const response = await answer(request);
  outgoing.writeHead(response.status, Object.fromEntries(response.headers));
  outgoing.end(Buffer.from(await response.arrayBuffer()));
}

function isAddressInfo(address: AddressInfo | string | null): address is AddressInfo {
  return typeof address === 'object' && address !== null;
}
