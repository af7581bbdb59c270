import { afterEach, describe, expect, test } from '@jest/globals';
import { createAssociationsClient, type AssociationsClient } from '../associations-client.js';
import { closeServers, complete, input, listen, reply, types } from '../test-support.js';
import type { ClientOptions } from './options.js';

const token = 'pat-eu1-11111111-2222-3333-4444-555555555555';
const call = { params: { path: types }, body: { inputs: [input('1', '2')] } };

afterEach(closeServers);

function operationsOf(baseUrl: string, options: Partial<ClientOptions> = {}): AssociationsClient['operations'] {
  return createAssociationsClient({ accessToken: token, baseUrl, ...options }).operations;
}

interface Sent {
  readonly type: string | undefined;
  readonly authorization: string | undefined;
  readonly body: Buffer;
}

/** Serves replies, records what it receives, and refuses the first tokens. */
async function recordingServer(refusals = 0): Promise<{ url: string; sent: Sent[] }> {
  const sent: Sent[] = [];
  const url = await listen((incoming, outgoing) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      const { 'content-type': type, authorization } = incoming.headers;
      sent.push({ type, authorization, body: Buffer.concat(chunks) });
      outgoing.writeHead(sent.length <= refusals ? 401 : 200, { 'content-type': 'application/json' });
      outgoing.end(JSON.stringify(complete));
    });
  });
  return { url, sent };
}

test('an operation uses the client’s token and errors', async () => {
  const refusal = await reply(403, JSON.stringify({ category: 'MISSING_SCOPES', message: 'no' }));
  await expect(operationsOf(refusal).batchCreateAssociations(call)).rejects.toMatchObject({
    code: 'API',
    status: 403,
    category: 'MISSING_SCOPES',
  });
  const { url, sent } = await recordingServer();
  const { data, response } = await operationsOf(url).batchCreateAssociations(call);
  expect({ data, status: response.status }).toEqual({ data: complete, status: 200 });
  expect(sent).toMatchObject([{ type: 'application/json', authorization: `Bearer ${token}` }]);
});

describe('a reply passes through unchanged', () => {
  test.each([204, 205])('%d without a body has no data', async (status) => {
    const url = await reply(status, '', { 'x-hubspot-correlation-id': 'c-1' });
    const { data, response } = await operationsOf(url).batchCreateAssociations(call);
    expect({ data, status: response.status, body: response.body }).toEqual({ data: undefined, status, body: null });
    expect(response.headers.get('x-hubspot-correlation-id')).toBe('c-1');
  });

  test('200 with an empty body has no data', async () => {
    expect((await operationsOf(await reply(200, '')).batchCreateAssociations(call)).data).toBeUndefined();
  });

  test('text is text', async () => {
    const url = await reply(200, 'größer: 1 < 2', { 'content-type': 'text/plain' });
    const { data } = await operationsOf(url).batchCreateAssociations({ ...call, parseAs: 'text' });
    expect(data).toBe('größer: 1 < 2');
  });

  test('bytes are the same bytes', async () => {
    const bytes = Uint8Array.from({ length: 256 }, (_, index) => index);
    const url = await listen((incoming, outgoing) => {
      incoming.resume().on('end', () => outgoing.writeHead(200, { 'content-type': 'image/png' }).end(bytes));
    });
    const { data } = await operationsOf(url).batchCreateAssociations({ ...call, parseAs: 'arrayBuffer' });
    expect(Buffer.from(data as unknown as ArrayBuffer)).toEqual(Buffer.from(bytes));
  });

  test('a text that repeats the token is redacted', async () => {
    const url = await reply(200, `for ${token}`, { 'content-type': 'text/plain' });
    const { data } = await operationsOf(url).batchCreateAssociations({ ...call, parseAs: 'text' });
    expect(data).toBe('for [access token]');
  });

  test('an HTML page instead of JSON is a ContractError', async () => {
    const url = await reply(200, '<html></html>', { 'content-type': 'text/html' });
    await expect(operationsOf(url).batchCreateAssociations(call)).rejects.toMatchObject({
      code: 'CONTRACT',
      status: 200,
      message: expect.stringContaining('text/html'),
    });
  });
});

describe('a body is sent unchanged', () => {
  const form = {
    bodySerializer: (body: Record<string, string>) => new URLSearchParams(body),
    headers: { 'content-type': null },
  };
  const text = { bodySerializer: (body: unknown) => body, headers: { 'content-type': 'text/csv' } };

  test.each<[string, object, unknown, string, string | Uint8Array]>([
    ['a text', text, 'from,to\nä,2', 'text/csv', 'from,to\nä,2'],
    ['bytes', text, Uint8Array.from([0, 128, 255]), 'text/csv', Uint8Array.from([0, 128, 255])],
    ['a form', form, { a: 'b c' }, 'application/x-www-form-urlencoded;charset=UTF-8', 'a=b+c'],
  ])('%s', async (_, options, body, type, expected) => {
    const { url, sent } = await recordingServer();
    await operationsOf(url).batchCreateAssociations({ ...call, ...options, body: body as typeof call.body });
    expect(sent).toEqual([{ type, authorization: `Bearer ${token}`, body: Buffer.from(expected) }]);
  });

  test('a form with files, even when it is resent with another token', async () => {
    const { url, sent } = await recordingServer(1);
    const form = new FormData();
    form.set('file', new Blob([Uint8Array.from([0, 128, 255])]), 'pairs.bin');
    const accessToken = ({ rejected }: { rejected?: string }): string => (rejected === undefined ? 'old' : 'new');
    const operations = operationsOf(url, { accessToken });
    await operations.batchCreateAssociations({ ...call, body: form as unknown as typeof call.body });
    const [first, second] = sent;
    expect(first?.type).toMatch(/^multipart\/form-data; boundary=/);
    expect(first?.body.includes(Buffer.from([0, 128, 255]))).toBe(true);
    expect(second).toEqual({ ...first, authorization: 'Bearer new' });
  });
});

test('an operation that is aborted before it is sent fails with a StoppedError', async () => {
  const signal = AbortSignal.abort();
  await expect(operationsOf('http://127.0.0.1:1').batchCreateAssociations({ ...call, signal })).rejects.toMatchObject({
    code: 'STOPPED',
  });
});
