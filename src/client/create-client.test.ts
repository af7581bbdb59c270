import { inspect } from 'node:util';
import { afterEach, describe, expect, test } from '@jest/globals';
import { createAssociationsClient, type AssociationsClient } from '../associations-client.js';
import { closeServers, complete, input, listen, reply, types } from '../test-support.js';
import { createClient, type RawReply } from './create-client.js';
import type { ClientEvent } from './events.js';
import { resolveOptions, type ClientOptions } from './options.js';

const token = 'pat-eu1-11111111-2222-3333-4444-555555555555';
const request = { ...types, inputs: [input('1', '2')] };

afterEach(closeServers);

function client(baseUrl: string, options: Partial<ClientOptions> = {}): AssociationsClient {
  return createAssociationsClient({ accessToken: token, baseUrl, ...options });
}

describe('a reply that differs from the spec in a part that no outcome depends on', () => {
  const odd = JSON.stringify({ ...complete, completedAt: 'yesterday' });

  test('is reported, and accepted', async () => {
    const events: ClientEvent[] = [];
    const observed = client(await reply(201, odd), { onEvent: (event) => events.push(event) });
    await expect(observed.batchCreate(request)).resolves.toMatchObject({ status: 201 });
    expect(events.filter(({ type }) => !type.startsWith('request.'))).toMatchObject([
      {
        type: 'reply.deviated',
        operationId: 'batchCreateAssociations',
        status: 201,
        deviations: [{ pointer: '/completedAt' }],
      },
    ]);
  });

  test('is accepted without an event if replies are not validated', async () => {
    const events: ClientEvent[] = [];
    const options = { validateResponses: false, onEvent: (event: ClientEvent) => events.push(event) };
    await expect(client(await reply(201, odd), options).batchCreate(request)).resolves.toMatchObject({ status: 201 });
    expect(events.filter(({ type }) => !type.startsWith('request.'))).toEqual([]);
  });

  test.each<[string, () => unknown]>([
    ['throws', () => JSON.parse('the observer is broken') as unknown],
    ['rejects', () => Promise.reject(new Error('the observer is broken'))],
    [
      'returns a thenable that rejects',
      () => ({
        then: (_: unknown, reject: () => void) => {
          reject();
        },
      }),
    ],
    ['gives what cannot be awaited', () => ({ get then() { throw new Error('the observer is broken'); } })], // prettier-ignore
  ])('is accepted although its observer %s', async (_, onEvent) => {
    const failing = client(await reply(201, odd), { onEvent });
    await expect(failing.batchCreate(request)).resolves.toMatchObject({ status: 201 });
  });
});

describe('a reply that repeats the token', () => {
  const forms = [token, token.replaceAll('-', '\\u002d'), btoa(`:${token}`), token.replaceAll('-', '%2D')];
  const secrets = [token, btoa(`:${token}`).slice(4, 40), token.replaceAll('-', '%2D')];

  const requireHidden = (...values: unknown[]): void => {
    for (const value of values) {
      const shown = [inspect(value, { depth: 10, showHidden: true }), String(value), JSON.stringify(value)].join();
      for (const secret of secrets) expect(shown).not.toContain(secret);
    }
  };
  const called = async (url: string): Promise<{ result: unknown; events: ClientEvent[] }> => {
    const events: ClientEvent[] = [];
    const options = { maxAttempts: 1, onEvent: (event: ClientEvent) => events.push(event) };
    const observed = client(url, options);
    const result = await observed.batchCreate(request).catch((error: unknown) => error);
    return { result, events };
  };

  test.each(forms)('does not leak it into the result, the response or an event: %s', async (form) => {
    const error = { message: `no ${form}`, category: form, subCategory: form, context: { [form]: [form] } };
    const body = { ...complete, status: form, numErrors: 1, errors: [error], page: form, completedAt: form };
    const text = JSON.stringify(body).replaceAll('\\\\u', '\\u');
    const headers = {
      'x-hubspot-correlation-id': form,
      'x-echo': `Bearer ${form}`,
      'content-type': 'application/json',
    };
    const { result, events } = await called(await reply(207, text, headers));
    expect(result).toMatchObject({
      status: 207,
      data: { errors: [{ category: expect.stringContaining('[access token]') }] },
    });
    const { response } = result as { response: Response };
    expect(response.headers.get('x-hubspot-correlation-id')).toContain('[access token]');
    expect(events.map(({ type }) => type)).toEqual(['request.sent', 'reply.deviated', 'request.finished']);
    requireHidden(result, events, [...response.headers]);
  });

  test.each(forms)('does not leak it into a ContractError: %s', async (form) => {
    const headers = { 'content-type': `text/${form}` };
    const { result, events } = await called(await reply(201, `<p>${form}</p>`, headers));
    expect(result).toMatchObject({ code: 'CONTRACT' });
    requireHidden(result, events);
  });

  test('does not leak it into the status line', async () => {
    const url = await listen((incoming, outgoing) => {
      incoming.resume().on('end', () => outgoing.writeHead(201, `for ${token}`).end(JSON.stringify(complete)));
    });
    const { result } = await called(url);
    expect(result).toMatchObject({ status: 201, response: { statusText: 'for [access token]' } });
  });
});

describe('a reply without a body', () => {
  test.each([204, 205])('%d is a ContractError', async (status) => {
    const call = client(await reply(status, ''), { maxAttempts: 1 }).batchCreate(request);
    await expect(call).rejects.toMatchObject({ code: 'CONTRACT', status, pointer: '' });
  });
});

describe('a batch that is posted', () => {
  const body = JSON.stringify({ inputs: request.inputs });
  const posting = async (answer: Response): Promise<{ reply: RawReply; sent: string[] }> => {
    const sent: string[] = [];
    const fetch = async (outgoing: Request): Promise<Response> => {
      sent.push(outgoing.url, await outgoing.text());
      return answer;
    };
    const poster = createClient(resolveOptions({ accessToken: token, fetch, maxAttempts: 1 }));
    return { reply: await poster.post({ ...types, body: () => body }, {}), sent };
  };

  test('is sent exactly as written, and its reply is returned unchanged', async () => {
    const numbers = { ...complete, results: [{ ...complete.results[0], fromObjectId: 1 }] };
    const headers = { 'x-hubspot-correlation-id': `c-1 ${token}` };
    const { reply, sent } = await posting(Response.json(numbers, { status: 200, headers }));
    expect(sent).toEqual(['https://api.hubapi.com/crm/associations/2025-09/contacts/companies/batch/create', body]);
    expect(reply).toMatchObject({ status: 200, body: numbers, correlationId: 'c-1 [access token]' });
  });

  test.each([
    ['an id that has lost digits', { ...complete, results: [{ ...complete.results[0], toObjectId: 2 ** 60 }] }],
    ['no results', { status: 'COMPLETE' }],
  ])('fails if its reply has %s', async (_, answer) => {
    await expect(posting(Response.json(answer, { status: 201 }))).rejects.toMatchObject({ code: 'CONTRACT' });
  });

  test('is not exported by the package', () => {
    expect(client('http://127.0.0.1:1')).not.toHaveProperty('post');
  });
});

describe('the arguments of a call', () => {
  test('an unknown option is refused', async () => {
    const call = client('http://127.0.0.1:1').batchCreate(request, { timeout: 5 } as object);
    await expect(call).rejects.toMatchObject({ code: 'CONFIGURATION', option: 'timeout' });
  });

  test('an input that cannot be read or written is refused before anything is sent', async () => {
    const unreadable = {
      ...types,
      inputs: [Object.defineProperty({}, 'from', { get: () => JSON.parse('gone') as object })],
    };
    const unwritable = { ...types, inputs: [{ ...input('1'), amount: 7n }] };
    for (const given of [unreadable, unwritable]) {
      const call = client('http://127.0.0.1:1').batchCreate(given as typeof request);
      await expect(call).rejects.toMatchObject({ code: 'INPUT', pointer: '/inputs/0' });
    }
  });

  test('an input is sent unchanged, with members that the spec does not document', async () => {
    const bodies: string[] = [];
    const fetch = async (sent: Request): Promise<Response> => {
      bodies.push(await sent.text());
      return Response.json(complete, { status: 201 });
    };
    const inputs = [{ ...input('1', '2'), note: 'ß "quoted" \\ \u2028' }];
    await client('http://127.0.0.1:1', { fetch }).batchCreate({ ...types, inputs });
    expect(bodies).toEqual([JSON.stringify({ inputs })]);
  });
});

test('each attempt has its own request and one token', async () => {
  const requests: Request[] = [];
  const fetch = async (sent: Request): Promise<Response> => {
    requests.push(sent);
    await sent.text();
    return requests.length === 1 ? Response.json({}, { status: 401 }) : Response.json(complete, { status: 201 });
  };
  const accessToken = ({ rejected }: { rejected?: string }): string => (rejected === undefined ? 'old' : 'new');
  await client('http://127.0.0.1:1', { fetch, accessToken }).batchCreate(request);
  expect(new Set(requests).size).toBe(2);
  expect(requests.map(({ headers }) => headers.get('authorization'))).toEqual(['Bearer old', 'Bearer new']);
});

test('no property of a client shows its token', () => {
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
