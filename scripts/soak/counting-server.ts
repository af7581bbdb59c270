import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

/**
 * A server that counts requests as they arrive, in its own process. It imports nothing from the product, so that the
 * same mistake cannot hide on both sides.
 *
 * Arguments: the minimum and maximum time of a reply in milliseconds; then, to enforce an allowance, the requests that
 * it accepts in any window, and the window in milliseconds. It refuses the others immediately with 429, without
 * Retry-After. It prints its address; `GET /report` returns the arrival times and the number of refused requests.
 */
const [minMs = 0, maxMs = 0, limit = Infinity, perMs = 0] = process.argv.slice(2).map(Number);
const arrivals: number[] = [];
let accepted: number[] = [];
let refused = 0;

interface Input {
  readonly from: { readonly id: string };
  readonly to: { readonly id: string };
}

function reply(text: string): string {
  const at = new Date().toISOString();
  const body = JSON.parse(text) as { readonly inputs: readonly Input[] };
  const results = body.inputs.map(({ from, to }) => ({
    fromObjectTypeId: '0-1',
    fromObjectId: from.id,
    toObjectTypeId: '0-2',
    toObjectId: to.id,
    labels: [],
  }));
  return JSON.stringify({ status: 'COMPLETE', startedAt: at, completedAt: at, results });
}

function accepts(now: number): boolean {
  if (limit === Infinity) return true;
  accepted = accepted.filter((time) => time > now - perMs);
  if (accepted.length >= limit) return false;
  accepted.push(now);
  return true;
}

function answer(incoming: IncomingMessage, outgoing: ServerResponse): void {
  if (incoming.url === '/report') {
    outgoing.end(JSON.stringify({ arrivals, refused }));
    return;
  }
  const now = performance.now();
  arrivals.push(now);
  const isAccepted = accepts(now);
  if (!isAccepted) refused += 1;
  const chunks: Buffer[] = [];
  incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
  incoming.on('end', () => {
    if (!isAccepted) {
      const body = { status: 'error', message: 'Too many requests', policyName: 'TEN_SECONDLY_ROLLING' };
      outgoing.writeHead(429, { 'content-type': 'application/json' }).end(JSON.stringify(body));
      return;
    }
    setTimeout(
      () => {
        outgoing.writeHead(201, { 'content-type': 'application/json' }).end(reply(Buffer.concat(chunks).toString()));
      },
      minMs + (maxMs - minMs) * Math.random(),
    );
  });
}

const server = createServer(answer).listen(0, '127.0.0.1', () => {
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : '';
  process.stdout.write(`http://127.0.0.1:${String(port)}\n`);
});
