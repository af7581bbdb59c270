import { createServer } from 'node:http';
import { createSimulator, serve } from '../../../dist/src/simulator/index.js';

/**
 * The server of a measurement, in its own process. It prints its address; `GET /report` returns its observations.
 *
 * Arguments: `fixed`, which replies that all pairs of the request are associated, in order, or `simulator`; then,
 * optionally, the requests of an allowance and its window in milliseconds.
 */
const [kind, requests = '0', perMs = '0'] = process.argv.slice(2);
const allowance = { requests: Number(requests), perMs: Number(perMs) };
const now = () => performance.timeOrigin + performance.now();

const arrivals = [];
/** Accepted requests in the last window. */
let counted = [];
let refused = 0;
let lastReplyAt = 0;

function report() {
  const { user, system } = process.cpuUsage();
  return {
    requests: arrivals.length,
    refused,
    firstArrivalAt: arrivals[0] ?? 0,
    lastReplyAt,
    maxInWindow: maxInWindow(),
    cpuMs: (user + system) / 1_000,
  };
}

function maxInWindow() {
  let first = 0;
  let most = 0;
  arrivals.forEach((arrival, index) => {
    while (arrival - arrivals[first] >= allowance.perMs) first += 1;
    most = Math.max(most, index - first + 1);
  });
  return most;
}

/** Finds the ids in the text of the request, which is faster than parsing it as JSON. */
function replyTo(body) {
  const ids = Array.from(body.matchAll(/"id":"([^"]*)"/g), ([, id]) => id);
  const results = [];
  for (let index = 0; index < ids.length; index += 2) {
    results.push(
      `{"fromObjectTypeId":"0-1","fromObjectId":"${ids[index]}","toObjectTypeId":"0-2","toObjectId":"${ids[index + 1]}","labels":[]}`,
    );
  }
  const time = '2026-03-30T09:15:02.118Z';
  return `{"status":"COMPLETE","startedAt":"${time}","completedAt":"${time}","results":[${results.join()}]}`;
}

const tooMany = JSON.stringify({
  status: 'error',
  message: 'You have reached your ten_secondly_rolling limit.',
  errorType: 'RATE_LIMIT',
  category: 'RATE_LIMITS',
  correlationId: 'c033cdaa-2c40-4a64-ae48-b4cec88dad24',
  policyName: 'TEN_SECONDLY_ROLLING',
});

/** @returns The headers of the reply, or undefined if the request exceeds the allowance. */
function admit(at) {
  if (allowance.requests === 0) return {};
  counted = counted.filter((arrival) => at - arrival < allowance.perMs);
  if (counted.length >= allowance.requests) return undefined;
  counted.push(at);
  return {
    'x-hubspot-ratelimit-max': allowance.requests,
    'x-hubspot-ratelimit-remaining': allowance.requests - counted.length,
    'x-hubspot-ratelimit-interval-milliseconds': allowance.perMs,
  };
}

function answer(incoming, outgoing) {
  if (incoming.url === '/report') return outgoing.end(JSON.stringify(report()));
  const at = now();
  arrivals.push(at);
  const headers = admit(at);
  const chunks = [];
  incoming.on('data', (chunk) => chunks.push(chunk));
  incoming.on('end', () => {
    const body = headers ? replyTo(Buffer.concat(chunks).latin1Slice()) : tooMany;
    if (headers === undefined) refused += 1;
    outgoing.writeHead(headers ? 201 : 429, { 'content-type': 'application/json', ...headers }).end(body);
    lastReplyAt = now();
  });
}

if (kind === 'simulator') {
  const simulator = createSimulator();
  const { url } = await serve((request) =>
    request.url.endsWith('/report') ? Promise.resolve(Response.json(report())) : simulator.fetch(request),
  );
  console.log(url);
} else {
  const server = createServer(answer).listen(0, '127.0.0.1', () => {
    console.log(`http://127.0.0.1:${server.address().port}`);
  });
}
