import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pipeline } from 'node:stream/promises';
import { streamOf } from './stream-of.js';

/** A server that runs a handler. */
export interface Server {
  /** The address of the server, such as `http://127.0.0.1:4010`. */
  readonly url: string;
  /** Closes every connection and the port. */
  close(): Promise<void>;
}

type Handler = (request: Request) => Promise<Response>;

/**
 * Serves a fetch handler on 127.0.0.1. If the handler rejects, the connection is reset, just as `fetch`
 * rejects when a connection is reset.
 *
 * @param handler - A simulator, or your own handler.
 * @param options - `port`: 0, the default, picks a free port.
 * @throws The system's error if the port cannot be opened.
 */
export async function serve(
  handler: { readonly fetch: Handler } | Handler,
  options: { readonly port?: number } = {},
): Promise<Server> {
  const answer = typeof handler === 'function' ? handler : handler.fetch;
  const server = createServer((incoming, outgoing) => {
    respond(incoming, outgoing, answer).catch(() => {
      incoming.socket.resetAndDestroy();
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

async function respond(incoming: IncomingMessage, outgoing: ServerResponse, answer: Handler): Promise<void> {
  const connectionClosed = new AbortController();
  outgoing.once('close', () => {
    connectionClosed.abort();
  });
  const response = await answer(requestOf(incoming, connectionClosed.signal));
  const headers = Object.fromEntries(response.headers);
  if (response.body === null) {
    outgoing.writeHead(response.status, headers).end();
    return;
  }
  outgoing.writeHead(response.status, headers).flushHeaders();
  await pipeline(response.body, outgoing, { end: false });
  if (!incoming.complete && headers['connection'] === 'close') await closedByClient(incoming);
  outgoing.end();
}

/**
 * Waits until a client that is still sending has read the reply and closed the connection. If the server
 * closed it first, the unread data would reset the connection, and the reply might be lost.
 */
async function closedByClient({ socket }: IncomingMessage): Promise<void> {
  await once(socket, 'close', { signal: AbortSignal.timeout(longestWaitMs) }).catch(() => undefined);
}

const longestWaitMs = 1_000;

/**
 * The body is read on demand. A handler may reset the connection without reading it, or stop reading early
 * and still reply.
 */
function requestOf(incoming: IncomingMessage, signal: AbortSignal): Request {
  const { method = 'GET', url = '/', headers } = incoming;
  const init: RequestInit & { duplex: 'half' } = {
    method,
    headers: Object.entries(headers).flatMap(([name, value]): [string, string][] =>
      value === undefined ? [] : [[name, Array.isArray(value) ? value.join(', ') : value]],
    ),
    body: method === 'GET' || method === 'HEAD' ? null : streamOf(incoming.iterator({ destroyOnReturn: false })),
    // Required by fetch for a stream as a body, but missing in TypeScript's types.
    duplex: 'half',
    signal,
  };
  return new Request(new URL(url, `http://${headers.host ?? '127.0.0.1'}`), init);
}

function isAddressInfo(address: AddressInfo | string | null): address is AddressInfo {
  return typeof address === 'object' && address !== null;
}
