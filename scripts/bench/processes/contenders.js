import { createAssociationsClient } from '../../../dist/src/index.js';
import { batches, batchSize, pairs, path } from './pairs.js';

const types = { fromObjectType: 'contacts', toObjectType: 'companies' };
const headers = { authorization: 'Bearer bench', 'content-type': 'application/json' };

/** The number of requests in flight. */
const inFlight = 6;

/** Sends each item, a few at a time. */
async function loop(items, send, concurrency = inFlight) {
  const iterator = items[Symbol.iterator]();
  const work = async () => {
    for (let item = iterator.next(); !item.done; item = iterator.next()) await send(item.value);
  };
  await Promise.all(Array.from({ length: concurrency }, work));
}

function* take(iterator, count) {
  for (let taken = 0; taken < count; taken += 1) {
    const item = iterator.next();
    if (item.done) return;
    yield item.value;
  }
}

function require2xx(status) {
  if (status < 200 || status > 299) throw new Error(`The server answered ${status}.`);
}

async function postWithFetch(url, inputs) {
  const response = await fetch(url + path, { method: 'POST', headers, body: JSON.stringify({ inputs }) });
  const reply = await response.json();
  require2xx(response.status);
  return reply;
}

async function createAll(setting, inputs) {
  const { url: baseUrl, allowance } = setting;
  const client = createAssociationsClient({ accessToken: 'bench', baseUrl, allowance });
  const run = client.createAll({ ...types, inputs });
  for await (const batch of run) {
    for (const outcome of batch.outcomes) if (outcome.kind !== 'created') throw outcome.error;
  }
  const { created } = await run.summary;
  if (created !== setting.pairs) throw new Error(`${created} of ${setting.pairs} pairs were created.`);
}

async function hubspot({ url, pairs: count }, options = {}) {
  const { default: api } = await import('@hubspot/api-client');
  const client = new api.Client({ accessToken: 'bench', basePath: url, ...options });
  const inputOf = ({ from, ...rest }) => ({ _from: from, ...rest });
  const requests = [...batches(count)].map((batch) => ({ inputs: batch.map(inputOf) }));
  const send = (request) => client.crm.associations.v4.batchApi.create('contacts', 'companies', request);
  // With a limiter, the loop must not be what limits the requests.
  return () => loop(requests, send, options.limiterOptions ? 2 * inFlight : inFlight);
}

/**
 * Each contender prepares its data, and returns the function to measure.
 *
 * @type {Record<string, (setting: { url: string, pairs: number, allowance: false | { requests: number, perMs: number } }) => unknown>}
 */
export const contenders = {
  fetch({ url, pairs: count }) {
    const prepared = [...batches(count)];
    return () => loop(prepared, (inputs) => postWithFetch(url, inputs));
  },
  /** Sends as many requests as a window allows, then waits for its length: the simplest way to avoid 429s. */
  'fetch, one window at a time'({ url, pairs: count, allowance }) {
    const made = batches(count);
    return async () => {
      for (let left = Math.ceil(count / batchSize); left > 0; left -= allowance.requests) {
        await loop(take(made, allowance.requests), (inputs) => postWithFetch(url, inputs));
        if (left > allowance.requests) await new Promise((resolve) => setTimeout(resolve, allowance.perMs));
      }
    };
  },
  async 'openapi-fetch'({ url, pairs: count }) {
    const { default: createClient } = await import('openapi-fetch');
    const client = createClient({ baseUrl: url, headers });
    const prepared = [...batches(count)];
    return () =>
      loop(prepared, async (inputs) => {
        const { response } = await client.POST(path, { body: { inputs } });
        require2xx(response.status);
      });
  },
  '@hubspot/api-client': (setting) => hubspot(setting),
  '@hubspot/api-client, limiter': (setting) =>
    hubspot(setting, {
      // https://github.com/HubSpot/hubspot-api-nodejs#rate-limiting
      limiterOptions: { minTime: 1_000 / 9, maxConcurrent: 6, id: 'hubspot-client-limiter' },
    }),
  async 'undici, serialized bodies'({ url, pairs: count }) {
    const { Pool } = await import('undici');
    const bodies = Array.from(batches(count), (inputs) => JSON.stringify({ inputs }));
    const pool = new Pool(url, { connections: inFlight });
    return () =>
      loop(bodies, async (body) => {
        const reply = await pool.request({ method: 'POST', path, headers, body });
        await reply.body.dump({ limit: Number.MAX_SAFE_INTEGER });
        require2xx(reply.statusCode);
      }).then(() => pool.close());
  },
  createAll(setting) {
    const inputs = [...pairs(setting.pairs)];
    return () => createAll(setting, inputs);
  },
  'createAll with a generator': (setting) => () => createAll(setting, pairs(setting.pairs)),
  batchCreate({ url: baseUrl, pairs: count, allowance }) {
    const client = createAssociationsClient({ accessToken: 'bench', baseUrl, allowance });
    const prepared = [...batches(count)];
    return () => loop(prepared, (inputs) => client.batchCreate({ ...types, inputs }));
  },
};
