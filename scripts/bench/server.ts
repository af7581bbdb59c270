import { createSimulator, serve } from 'hubspot-associations/simulator';

/** One side of the benchmark, in a process of its own: says where it listens, and at the end what it took. */
const [kind] = process.argv.slice(2);

const results = Array.from({ length: 2_000 }, (_, index) => ({
  fromObjectTypeId: '0-1',
  fromObjectId: String(100_000_000 + index),
  toObjectTypeId: '0-2',
  toObjectId: '1439',
  labels: [],
}));
const time = '2026-03-30T09:15:02.118Z';
const fixedBody = JSON.stringify({ status: 'COMPLETE', startedAt: time, completedAt: time, results });

/** The least that a server can do: it takes the request in, and answers what it has always answered. */
async function fixed(request: Request): Promise<Response> {
  await request.text();
  return new Response(fixedBody, { status: 201, headers: { 'content-type': 'application/json' } });
}

const server = await serve(kind === 'fixed' ? fixed : createSimulator().fetch);
console.log(server.url);

process.once('SIGTERM', () => {
  const { user, system } = process.cpuUsage();
  console.log((user + system) / 1_000);
  void server.close();
});
