import { inspect } from 'node:util';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, test } from '@jest/globals';
import { createAssociationsClient, type AssociationsClient } from '../associations-client.js';
import { closeServers, complete, input, listen, reply, types } from '../test-support.js';
import type { ClientEvent } from './events.js';
import type { ClientOptions } from './options.js';

const token = 'pat-eu1-11111111-2222-3333-4444-555555555555';
const request = { ...types, inputs: [input('1', '2')] };

afterEach(closeServers);

function client(baseUrl: string, options: Partial<ClientOptions> = {}): AssociationsClient {
  return createAssociationsClient({ accessToken: token, baseUrl, ...options });
}

describe('a reply that differs from the spec where nothing depends on it', () => {
  const odd = JSON.stringify({ ...complete, completedAt: 'yesterday' });

  test('is reported, and accepted', async () => {
    const events: ClientEvent[] = [];
    const observed = client(await reply(201, odd), { onEvent: (event) => events.push(event) });
    await expect(observed.batchCreate(request)).resolves.toMatchObject({ status: 201 });
    expect(events.filter(({ type }) => type !== 'request')).toMatchObject([
      {
        type: 'deviation',
        operationId: 'batchCreateAssociations',
        status: 201,
        deviations: [{ pointer: '/completedAt' }],
      },
    ]);
  });

  test('is accepted in silence when nobody wants to know', async () => {
    const events: ClientEvent[] = [];
    const options = { validateResponses: false, onEvent: (event: ClientEvent) => events.push(event) };
    await expect(client(await reply(201, odd), options).batchCreate(request)).resolves.toMatchObject({ status: 201 });
    expect(events.filter(({ type }) => type !== 'request')).toEqual([]);
  });

  test('is accepted although its observer fails', async () => {
    const failing = client(await reply(201, odd), {
      onEvent: () => {
        throw new Error('the observer is broken');
      },
    });
    await expect(failing.batchCreate(request)).resolves.toMatchObject({ status: 201 });
  });
});

test('every operation of the spec can be called with the client’s token and errors', async () => {
  const { operations } = client(await reply(403, JSON.stringify({ category: 'MISSING_SCOPES', message: 'no' })));
  const call = operations.batchCreateAssociations({
    params: { path: types },
    body: { inputs: request.inputs },
  });
  await expect(call).rejects.toMatchObject({ code: 'API', status: 403, category: 'MISSING_SCOPES' });
});

test('a client shows its token to nobody', () => {
  expect(inspect(client('https://api.hubapi.com'), { depth: 10, showHidden: true })).not.toContain(token);
  expect(JSON.stringify(client('https://api.hubapi.com'))).not.toContain(token);
});

test('a request carries the user agent that was set', async () => {
  const seen: unknown[] = [];
  const url = await listen((incoming, outgoing) => {
    seen.push(incoming.headers['user-agent']);
    incoming.resume().on('end', () => outgoing.writeHead(201).end(JSON.stringify(complete)));
  });
  await client(url).batchCreate(request);
  await client(url, { userAgent: 'sync/2.1' }).batchCreate(request);
  expect(seen).toEqual(['hubspot-associations', 'sync/2.1']);
});

test('a reply that was compressed is read, and its headers say how it is now', async () => {
  const body = gzipSync(JSON.stringify(complete));
  const url = await listen((incoming, outgoing) => {
    incoming.resume().on('end', () => outgoing.writeHead(201, { 'content-encoding': 'gzip' }).end(body));
  });
  const { data, response } = await client(url).batchCreate(request);
  expect(data.results).toHaveLength(1);
  expect(response.headers.get('content-encoding')).toBeNull();
});
