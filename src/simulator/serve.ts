import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pipeline } from 'node:stream/promises';
import { streamOf } from './stream-of.js';

/** A handler on a port. */
export interface Server {
  /** Where it listens, such as `http://127.0.0.1:4010`. */
  readonly url: string;
  /** Closes every connection and the port. */
  close(): Promise<void>;
}

type Handler = (request: Request) => Promise<Response>;

/**
 * Serves a fetch handler on 127.0.0.1. Where the handler rejects, the connection is reset, as
 * `fetch` itself rejects for a connection that was reset.
 *
 * @param handler - What answers: a simulator, or a handler of your own.
 * @param options - `port`: 0, the default, takes a free one.
 * @throws The system's error when the port cannot be opened.
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
  const gone = new AbortController();
  outgoing.once('close', () => {
    gone.abort();
  });
  const response = await answer(requestOf(incoming, gone.signal));
  const headers = Object.fromEntries(response.headers);
  if (response.body === null) {
    outgoing.writeHead(response.status, headers).end();
    return;
  }
  outgoing.writeHead(response.status, headers).flushHeaders();
  await pipeline(response.body, outgoing, { end: false });
  if (!incoming.complete && headers['connection'] === 'close') await hungUp(incoming);
  outgoing.end();
}

/**
 * Waits for a client that is still sending to read the reply and to hang up. Were the connection closed before,
 * what it has sent and nobody has read would reset it, and the reply might be lost.
 */
async function hungUp({ socket }: IncomingMessage): Promise<void> {
  await once(socket, 'close', { signal: AbortSignal.timeout(longestWaitMs) }).catch(() => undefined);
}

const longestWaitMs = 1_000;

/**
 * The body is read when the handler wants it: one that resets the connection first never does, and one that has
 * read enough keeps the connection for its reply.
 */
function requestOf(incoming: IncomingMessage, signal: AbortSignal): Request {
  const { method = 'GET', url = '/', headers } = incoming;
  const init: RequestInit & { duplex: 'half' } = {
    method,
    headers: Object.entries(headers).flatMap(([name, value]): [string, string][] =>
      value === undefined ? [] : [[name, Array.isArray(value) ? value.join(', ') : value]],
    ),
    body: method === 'GET' || method === 'HEAD' ? null : streamOf(incoming.iterator({ destroyOnReturn: false })),
    // What fetch asks of a body that is a stream; TypeScript's types do not have it.
    duplex: 'half',
    signal,
  };
  return new Request(new URL(url, `http://${headers.host ?? '127.0.0.1'}`), init);
}

function isAddressInfo(address: AddressInfo | string | null): address is AddressInfo {
  return typeof address === 'object' && address !== null;
}
