import { describe, expect, test } from '@jest/globals';
import { responses } from '../../generated/validators.js';
import { createSimulator, serve, type Simulator, type SimulatorReply } from './index.js';

const path = '/crm/associations/2025-09/contacts/companies/batch/create';

function pair(from: string, to: string, associationTypeId = 279): object {
  return { from: { id: from }, to: { id: to }, types: [{ associationCategory: 'HUBSPOT_DEFINED', associationTypeId }] };
}

function request(body: unknown, init: { path?: string; headers?: Record<string, string> } = {}): Request {
  return new Request(`https://api.hubapi.com${init.path ?? path}`, {
    method: 'POST',
    headers: { authorization: 'Bearer any', 'content-type': 'application/json', ...init.headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
}

async function answer(simulator: Simulator, given: Request): Promise<{ status: number; body: unknown }> {
  const response = await simulator.fetch(given);
  return { status: response.status, body: await response.json() };
}

describe('the simulated account', () => {
  test('associates existing records, and remembers the associations', async () => {
    const simulator = createSimulator({ records: { contacts: ['1', '2'], companies: ['5'] } });
    const { status, body } = await answer(simulator, request({ inputs: [pair('1', '5'), pair('2', '5')] }));
    expect(status).toBe(201);
    expect(responses.batchCreateAssociations['201'](body)).toBe(true);
    expect(body).toMatchObject({ status: 'COMPLETE', results: [{ fromObjectId: '1', toObjectId: '5' }, {}] });
    expect(simulator.associations('contacts', 'companies')).toMatchObject([
      { fromObjectId: '1', toObjectId: '5' },
      { fromObjectId: '2', toObjectId: '5' },
    ]);
  });

  test('refuses pairs with missing records, with one error per record', async () => {
    const simulator = createSimulator({ records: { contacts: ['1'], companies: ['5'] } });
    const inputs = [pair('1', '5'), pair('8', '5'), pair('8', '9'), pair('1', '9')];
    const { status, body } = await answer(simulator, request({ inputs }));
    expect(status).toBe(207);
    expect(responses.batchCreateAssociations['207'](body)).toBe(true);
    expect(body).toMatchObject({
      results: [{ fromObjectId: '1' }],
      numErrors: 2,
      errors: [
        {
          category: 'OBJECT_NOT_FOUND',
          subCategory: 'crm.associations.FROM_OBJECT_NOT_FOUND',
          context: { objectType: ['contact'], id: ['8'] },
        },
        { subCategory: 'crm.associations.TO_OBJECT_NOT_FOUND', context: { objectType: ['company'], id: ['9'] } },
      ],
    });
  });

  test('replaces the types of a pair in a second run, rather than adding to them', async () => {
    const replies: SimulatorReply[] = [];
    const simulator = createSimulator({ onReply: (reply) => replies.push(reply) });
    await simulator.fetch(request({ inputs: [pair('1', '5', 279)] }));
    await simulator.fetch(request({ inputs: [pair('1', '5', 1), pair('2', '5')] }));
    expect(replies.map(({ associated, replaced }) => [associated, replaced])).toEqual([[1, 0], [1, 1]]); // prettier-ignore
    expect(simulator.associations('0-1', '0-2')[0]?.types).toEqual([
      { associationCategory: 'HUBSPOT_DEFINED', associationTypeId: 1 },
    ]);
    expect(simulator.requests()).toBe(2);
  });

  test.each(['contacts', 'contact', 'Contacts', 'CONTACT', '0-1'])('accepts contacts as %s', async (name) => {
    const simulator = createSimulator({ records: { contacts: ['1'], companies: ['5'] } });
    const given = request({ inputs: [pair('1', '5')] }, { path: path.replace('contacts', name) });
    expect(await answer(simulator, given)).toMatchObject({
      status: 201,
      body: { results: [{ fromObjectTypeId: '0-1' }] },
    });
  });
});

describe('the simulated account refuses', () => {
  const simulator = createSimulator({ accessTokens: ['right'] });
  const headers = { authorization: 'Bearer right' };
  const inputs = [pair('1', '2')];

  test.each([
    ['a request without a token', request({ inputs }, { headers: { authorization: '' } }), 401, /token/],
    ['an unknown token', request({ inputs }, { headers: { authorization: 'Bearer wrong' } }), 401, /token/],
    ['a body that is not JSON', request('{', { headers }), 400, /Invalid input JSON/],
    ['a body without inputs', request({}, { headers }), 400, /Some required fields were not set: \[inputs\]/],
    ['an id that is a number', request({ inputs: [{ ...pair('1', '2'), to: { id: 2 } }] }, { headers }), 400, /to\/id/],
    ['more inputs than the limit', request({ inputs: Array(2_001).fill(inputs[0]) }, { headers }), 400, /2000/],
    [
      'an unknown object type',
      request({ inputs }, { headers, path: path.replace('contacts', 'unicorns') }),
      400,
      /unicorns/,
    ],
    ['another media type', request({ inputs }, { headers: { ...headers, 'content-type': 'text/csv' } }), 415, /json/],
  ])('%s', async (_, given, status, message) => {
    const reply = await answer(simulator, given.clone());
    expect(reply.status).toBe(status);
    expect(reply.body).toMatchObject({ status: 'error', message: expect.stringMatching(message) });
    expect(responses.batchCreateAssociations.default(reply.body)).toBe(true);
  });

  test('an unknown path, with an HTML page', async () => {
    const response = await simulator.fetch(request({ inputs }, { headers, path: '/crm/v3/nowhere' }));
    expect(response.status).toBe(404);
    expect(response.headers.get('content-type')).toContain('text/html');
  });
});

describe('a request body that is too long', () => {
  const limit = { maxBodyBytes: 1_000 };
  const long = JSON.stringify({ inputs: [pair('1', '2')], padding: 'x'.repeat(1_000) });

  /** A body that never ends, and how much of it has been read. */
  function endless(): { body: ReadableStream<Uint8Array>; taken: () => number } {
    let bytes = 0;
    const body = new ReadableStream<Uint8Array>({
      pull: (controller) => {
        controller.enqueue(new Uint8Array(65_536));
        bytes += 65_536;
      },
    });
    return { body, taken: () => bytes };
  }

  function upload(url: string, body: ReadableStream<Uint8Array>): Request {
    const init: RequestInit & { duplex: 'half' } = {
      method: 'POST',
      headers: { authorization: 'Bearer any', 'content-type': 'application/json' },
      body,
      duplex: 'half',
    };
    return new Request(url, init);
  }

  test('is refused with 413 in HubSpot’s form, and nothing is applied', async () => {
    const simulator = createSimulator(limit);
    const { status, body } = await answer(simulator, request(long));
    expect(status).toBe(413);
    expect(body).toMatchObject({
      status: 'error',
      category: 'VALIDATION_ERROR',
      message: expect.stringContaining('1,000 bytes'),
    });
    expect(responses.batchCreateAssociations.default(body)).toBe(true);
    expect(simulator.associations('contacts', 'companies')).toEqual([]);
  });

  test('is read only until it exceeds the limit', async () => {
    const { body, taken } = endless();
    const response = await createSimulator().fetch(upload(`https://api.hubapi.com${path}`, body));
    expect(response.status).toBe(413);
    expect(taken()).toBeLessThan(11 * 1_048_576);
  });

  test('is also refused over a socket, whether or not its length is announced', async () => {
    const simulator = createSimulator();
    const server = await serve(simulator);
    const { body, taken } = endless();
    expect((await fetch(upload(`${server.url}${path}`, body))).status).toBe(413);
    // Data in the socket buffers is not read.
    expect(taken()).toBeLessThan(64 * 1_048_576);
    const announced = request('x'.repeat(20 * 1_048_576));
    const response = await fetch(new Request(`${server.url}${path}`, announced));
    expect(response.status).toBe(413);
    expect(await response.json()).toMatchObject({ status: 'error' });
    // The account still works.
    expect((await fetch(new Request(`${server.url}${path}`, request({ inputs: [pair('1', '2')] })))).status).toBe(201);
    await server.close();
  }, 60_000);

  test('is measured in bytes, not in characters', async () => {
    const ofBytes = (bytes: number): string => `{"inputs":[]${' '.repeat(bytes - 13)}}`;
    expect((await answer(createSimulator(limit), request(ofBytes(1_000)))).status).toBe(201);
    expect((await answer(createSimulator(limit), request(ofBytes(1_000).replace('  ', ' é')))).status).toBe(413);
  });
});

describe('the server', () => {
  test('answers on 127.0.0.1 until it is closed', async () => {
    const simulator = createSimulator();
    const server = await serve(simulator);
    expect(server.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    const given = request({ inputs: [pair('1', '2')] });
    const response = await fetch(new Request(`${server.url}${path}`, given));
    expect(response.status).toBe(201);
    expect(simulator.associations('contacts', 'companies')).toHaveLength(1);
    await server.close();
    await expect(fetch(server.url)).rejects.toThrow('fetch failed');
  });

  test('reports that its port is taken', async () => {
    const server = await serve(createSimulator());
    const port = Number(new URL(server.url).port);
    await expect(serve(createSimulator(), { port })).rejects.toThrow('EADDRINUSE');
    await server.close();
  });
});
