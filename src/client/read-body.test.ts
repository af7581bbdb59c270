import type { ServerResponse } from 'node:http';
import { createGzip, gzipSync } from 'node:zlib';
import { afterEach, describe, expect, jest, test } from '@jest/globals';
import { createAssociationsClient, type AssociationsClient } from '../associations-client.js';
import { closeServers, complete, input, listen, reply, types } from '../test-support.js';
import type { ClientOptions } from './options.js';

const request = { ...types, inputs: [input('1', '2')] };

// A few megabytes take a while on a busy machine.
jest.setTimeout(60_000);

afterEach(closeServers);

function client(baseUrl: string, options: Partial<ClientOptions> = {}): AssociationsClient {
  return createAssociationsClient({ accessToken: 'token', baseUrl, maxAttempts: 1, ...options });
}

/** Serves a body that never ends, until the connection is closed. */
async function endless(
  status: number,
  headers: Record<string, string> = {},
  open: (outgoing: ServerResponse) => NodeJS.WritableStream = (outgoing) => outgoing,
): Promise<{ url: string; closed: Promise<void> }> {
  let close: () => void;
  const closed = new Promise<void>((resolve) => {
    close = resolve;
  });
  const url = await listen((incoming, outgoing) => {
    incoming.resume().on('end', () => {
      outgoing.writeHead(status, headers);
      let isOpen = true;
      outgoing.on('close', () => {
        isOpen = false;
        close();
      });
      const body = open(outgoing);
      const block = Buffer.alloc(65_536, ' ');
      const write = (): void => {
        while (isOpen && body.write(block));
        if (isOpen) body.once('drain', write);
      };
      write();
    });
  });
  return { url, closed };
}

describe('a reply that exceeds the maximum length', () => {
  test('is not read to its end, and its connection is closed', async () => {
    const { url, closed } = await endless(201);
    await expect(client(url).batchCreate(request)).rejects.toMatchObject({
      code: 'CONTRACT',
      status: 201,
      message: expect.stringMatching(/more than 16384000 bytes.*Whether it was carried out is not known/),
    });
    await closed;
  });

  test('is measured after decompression', async () => {
    const gzip = { 'content-encoding': 'gzip' };
    const { url, closed } = await endless(201, gzip, (outgoing) => {
      const compressed = createGzip();
      compressed.pipe(outgoing);
      return compressed;
    });
    await expect(client(url).batchCreate(request)).rejects.toMatchObject({ code: 'CONTRACT' });
    await closed;
  });

  test('is still a refusal if its status says so', async () => {
    const { url, closed } = await endless(429, { 'retry-after': '7' });
    await expect(client(url).batchCreate(request)).rejects.toMatchObject({
      code: 'API',
      status: 429,
      retryAfterMs: 7_000,
      body: undefined,
      message: expect.stringContaining('longer than 16384000 bytes'),
    });
    await closed;
  });

  test.each([
    [0, 201],
    [1, 'CONTRACT'],
  ])('is one of %d bytes more than maxReplyBytes', async (more, expected) => {
    const body = JSON.stringify(complete);
    const limited = client(await reply(201, body + ' '.repeat(more)), { maxReplyBytes: body.length });
    const result = await limited.batchCreate(request).then(
      ({ status }) => status,
      (error: unknown) => (error as { code: string }).code,
    );
    expect(result).toBe(expected);
  });
});

describe('a reply is read', () => {
  test('if it is compressed, and its headers then describe the decoded body', async () => {
    const compressed = gzipSync(JSON.stringify(complete));
    const url = await listen((incoming, outgoing) => {
      incoming.resume().on('end', () => outgoing.writeHead(201, { 'content-encoding': 'gzip' }).end(compressed));
    });
    const { data, response } = await client(url).batchCreate(request);
    expect(data.results).toHaveLength(1);
    expect(response.headers.get('content-encoding')).toBeNull();
  });

  test('if a character arrives in two chunks', async () => {
    const body = Buffer.from(JSON.stringify({ ...complete, page: 'ü€' }));
    const cut = body.indexOf(0xc3) + 1;
    const url = await listen((incoming, outgoing) => {
      incoming.resume().on('end', () => {
        outgoing.writeHead(201).write(body.subarray(0, cut), () => {
          setImmediate(() => outgoing.end(body.subarray(cut)));
        });
      });
    });
    expect((await client(url).batchCreate(request)).data).toHaveProperty('page', 'ü€');
  });

  test.each<[string, () => Response, string]>([
    ['text where bytes are due', () => new Response(new ReadableStream({ start: (body) => { body.enqueue('{}'); body.close(); } }), { status: 201 }), 'not made of bytes'], // prettier-ignore
    ['a body that fails', () => new Response(new ReadableStream({ pull: () => { throw new Error('the disk is full'); } }), { status: 201 }), 'the disk is full'], // prettier-ignore
    ['nothing', () => undefined as unknown as Response, ''],
  ])('or is a ConnectionError if a custom fetch returns %s', async (_, answer, message) => {
    const custom = client('http://127.0.0.1:1', { fetch: () => Promise.resolve(answer()) });
    const error = await custom.batchCreate(request).catch((caught: unknown) => caught);
    expect(error).toMatchObject({ code: 'CONNECTION', requestSent: true });
    expect(String(error)).toContain(message);
  });
});

test('aborting a call while the body arrives cancels the body', async () => {
  const controller = new AbortController();
  let cancelled: () => void;
  const end = new Promise<void>((resolve) => {
    cancelled = resolve;
  });
  const source = { pull: () => { controller.abort(); }, cancel: () => { cancelled(); } }; // prettier-ignore
  const body = new ReadableStream(source, { highWaterMark: 0 });
  const custom = client('http://127.0.0.1:1', { fetch: () => Promise.resolve(new Response(body, { status: 201 })) });
  await expect(custom.batchCreate(request, { signal: controller.signal })).rejects.toMatchObject({ code: 'STOPPED' });
  await end;
});
