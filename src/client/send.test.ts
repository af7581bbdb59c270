import { inspect } from 'node:util';
import { afterEach, describe, expect, test } from '@jest/globals';
import { createAssociationsClient, type AssociationsClient } from '../associations-client.js';
import { closeServers, complete, input, listen, reply, types } from '../test-support.js';
import type { ClientOptions } from './options.js';

const token = 'pat-eu1-11111111-2222-3333-4444-555555555555';
const request = { ...types, inputs: [input('1', '2')] };

afterEach(closeServers);

function client(baseUrl: string, options: Partial<ClientOptions> = {}): AssociationsClient {
  return createAssociationsClient({ accessToken: token, baseUrl, allowance: false, maxAttempts: 1, ...options });
}

async function failure(baseUrl: string, options: Partial<ClientOptions> = {}): Promise<unknown> {
  const outcome = await client(baseUrl, options)
    .batchCreate(request)
    .catch((error: unknown) => error);
  expect(inspect(outcome, { depth: 10, showHidden: true })).not.toContain(token);
  return outcome;
}

describe('a refusal', () => {
  test('without a category, such as a 429, keeps its other fields', async () => {
    const body = {
      status: 'error',
      message: 'slow down',
      errorType: 'RATE_LIMIT',
      policyName: 'SECONDLY',
      correlationId: 'c-1',
    };
    const url = await reply(429, JSON.stringify(body), { 'content-type': 'application/json', 'retry-after': '7' });
    const error = await failure(url);
    expect(error).toMatchObject({
      code: 'API',
      status: 429,
      category: undefined,
      policyName: 'SECONDLY',
      correlationId: 'c-1',
      body,
    });
    expect(String(error)).toContain('Retry-After: 7');
    expect(String(error)).toContain('correlation id c-1');
  });

  test.each([
    [404, '<html><body>Not found</body></html>', 'text/html'],
    [502, '<html>Bad gateway</html>', 'text/html'],
    [500, '', 'application/json'],
    [503, '{"message":', 'application/json'],
    [400, '"text"', 'application/json'],
    [400, '[]', 'application/json'],
    [400, 'null', 'application/json'],
    [400, '{"message":7,"category":null,"errors":"x"}', 'application/json'],
  ])('%d with the body %j is still an ApiError', async (status, body, contentType) => {
    const error = await failure(await reply(status, body, { 'content-type': contentType }));
    expect(error).toMatchObject({ name: 'ApiError', code: 'API', status });
    expect(String(error)).toContain('POST /crm/associations/2025-09/contacts/companies/batch/create');
  });

  test('does not repeat a long body in its message', async () => {
    const message = 'x'.repeat(100_000);
    const error = await failure(await reply(400, JSON.stringify({ message })));
    expect(String(error).length).toBeLessThan(700);
    expect(error).toHaveProperty('body.message', message);
  });

  test('that repeats the token does not leak it into the error', async () => {
    const error = await failure(await reply(401, JSON.stringify({ message: `token ${token} is unknown` })));
    expect(error).toMatchObject({ status: 401, body: { message: 'token [access token] is unknown' } });
  });

  test('with the token in a header, or escaped, does not leak it into the error either', async () => {
    const escaped = JSON.stringify({ message: token, context: { [token]: [token] } }).replaceAll('-', '\\u002d');
    const headers = { 'x-hubspot-correlation-id': token, 'retry-after': token, 'content-type': `text/${token}` };
    expect(await failure(await reply(503, escaped, headers))).toMatchObject({ correlationId: '[access token]' });
    expect(await failure(await reply(201, `<${token}>`, headers))).toMatchObject({ code: 'CONTRACT' });
    const url = await listen((incoming) => incoming.socket.end(`${token}\r\n\r\n`));
    expect(await failure(url)).toMatchObject({ code: 'CONNECTION' });
  });

  test('that happens to contain a short token is unchanged', async () => {
    const short = await client(await reply(400, JSON.stringify({ message: 'No company' })), { accessToken: 'any' })
      .batchCreate(request)
      .catch(String);
    expect(short).toContain('No company');
  });

  test('of a token makes the call ask the provider for another, and resend the request with it', async () => {
    const seen: unknown[] = [];
    const url = await listen((incoming, outgoing) => {
      seen.push(incoming.headers.authorization);
      incoming.resume().on('end', () => {
        outgoing.writeHead(seen.length === 1 ? 401 : 201).end(JSON.stringify(complete));
      });
    });
    const provided = client(url, { accessToken: ({ rejected }) => (rejected === 'old' ? 'new' : 'old') });
    await expect(provided.batchCreate(request)).resolves.toMatchObject({ status: 201 });
    expect(seen).toEqual(['Bearer old', 'Bearer new']);
  });

  test('by a redirect is not followed, so no other server gets the token', async () => {
    let elsewhere = 0;
    const other = await listen((_, outgoing) => {
      elsewhere += 1;
      outgoing.end(JSON.stringify(complete));
    });
    const error = await failure(await reply(307, '', { location: other }));
    expect(error).toMatchObject({ code: 'API', status: 307 });
    expect(elsewhere).toBe(0);
  });
});

describe('a lost reply', () => {
  test.each(['EAI_AGAIN', 'ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH', 'ENOTFOUND', 'UND_ERR_CONNECT_TIMEOUT'])(
    'because of %s means that the request was not sent, and the cause is kept',
    async (code) => {
      const cause = Object.assign(new Error(`failed for ${token}, ${token}`), { code });
      const error = await failure('http://127.0.0.1:1', {
        fetch: () => Promise.reject(new TypeError('fetch failed', { cause })),
      });
      expect(error).toMatchObject({ code: 'CONNECTION', requestSent: false, cause: { code } });
    },
  );

  test('whose code, message or cause quotes the token does not leak it into the error', async () => {
    const quoting = Object.assign(new Error(`for Bearer ${token}`), { code: `E_${token}`, cause: new Error(token) });
    for (const error of [quoting, new TypeError(encodeURIComponent(btoa(`:${token}`)), { cause: quoting })]) {
      const lost = await failure('http://127.0.0.1:1', { fetch: () => Promise.reject(error) });
      expect(lost).toMatchObject({ code: 'CONNECTION', requestSent: true });
    }
  });

  test('because fetch blocks the port means that the request was not sent', async () => {
    expect(await failure('http://127.0.0.1:1')).toMatchObject({ code: 'CONNECTION', requestSent: false });
  });

  test('because nothing listens is a ConnectionError, and nothing was sent', async () => {
    const url = await reply(201, '');
    await closeServers();
    expect(await failure(url)).toMatchObject({ code: 'CONNECTION', requestSent: false });
  });

  test('because the connection was reset is a ConnectionError, and the request may have arrived', async () => {
    const url = await listen((incoming) => incoming.socket.resetAndDestroy());
    expect(await failure(url)).toMatchObject({ code: 'CONNECTION', requestSent: true });
  });

  test('because the body broke off is a ConnectionError', async () => {
    const url = await listen((incoming, outgoing) => {
      incoming.resume().on('end', () => {
        outgoing.writeHead(201, { 'content-length': '1000' });
        outgoing.write('{"results":[', () => outgoing.destroy());
      });
    });
    expect(await failure(url)).toMatchObject({ code: 'CONNECTION', requestSent: true });
  });

  test.each(['', '{"results":[', '<html></html>'])(
    'in the form of a 201 with the body %j is a ContractError',
    async (body) => {
      const error = await failure(await reply(201, body));
      expect(error).toMatchObject({ code: 'CONTRACT', status: 201, pointer: '' });
    },
  );

  test('because it took too long is a TimeoutError', async () => {
    const url = await listen((incoming) => incoming.resume());
    expect(await failure(url, { timeoutMs: 50 })).toMatchObject({ code: 'TIMEOUT', timeoutMs: 50 });
  });

  test('because it exceeded the time limit of this call is a TimeoutError', async () => {
    const url = await listen((incoming) => incoming.resume());
    const call = client(url).batchCreate(request, { timeoutMs: 50 });
    await expect(call).rejects.toMatchObject({ code: 'TIMEOUT', timeoutMs: 50 });
    await expect(client(url).batchCreate(request, { timeoutMs: -1 })).rejects.toThrow('timeoutMs');
  });

  test('because its body took too long is a TimeoutError', async () => {
    const url = await listen((incoming, outgoing) => {
      incoming.resume().on('end', () => outgoing.writeHead(201).write('{'));
    });
    expect(await failure(url, { timeoutMs: 50 })).toMatchObject({ code: 'TIMEOUT' });
  });

  test('from a fetch that ignores its signal is a TimeoutError, too', async () => {
    const never = (): Promise<Response> => new Promise(() => undefined);
    expect(await failure('http://127.0.0.1:1', { timeoutMs: 50, fetch: never })).toMatchObject({ code: 'TIMEOUT' });
  });
});

describe('a token provider', () => {
  const never = (): Promise<string> => new Promise(() => undefined);

  test('that never answers is abandoned at the time limit, and when the signal aborts', async () => {
    const slow = client('http://127.0.0.1:1', { accessToken: never, timeoutMs: 50 });
    await expect(slow.batchCreate(request)).rejects.toMatchObject({ code: 'TIMEOUT' });
    const aborted = client('http://127.0.0.1:1', { accessToken: never }).batchCreate(request, { signal: AbortSignal.timeout(20) }); // prettier-ignore
    await expect(aborted).rejects.toMatchObject({ code: 'STOPPED', reason: 'aborted' });
  });

  test('whose error quotes the refused token does not leak it into the error of the call', async () => {
    const unauthorized = await reply(401, '{}');
    const provided = client(unauthorized, {
      maxAttempts: 2,
      accessToken: ({ rejected }) => {
        if (rejected === undefined) return 'first-token';
        throw new Error(`cannot renew ${rejected}, that is ${btoa(rejected)}`);
      },
    });
    const error = await provided.batchCreate(request).catch((caught: unknown) => caught);
    expect(error).toMatchObject({ code: 'CONFIGURATION' });
    expect(String(error)).toContain('cannot renew [access token]');
    expect(inspect(error, { depth: 10, showHidden: true })).not.toMatch(/first-token|Zmlyc3Q/);
  });

  test('that fails is a ConfigurationError', async () => {
    const failing = client('http://127.0.0.1:1', {
      accessToken: () => {
        throw new Error('the vault is closed');
      },
    });
    await expect(failing.batchCreate(request)).rejects.toMatchObject({ code: 'CONFIGURATION', option: 'accessToken' });
  });
});

describe('an abort', () => {
  test('before the call sends nothing', async () => {
    let sent = 0;
    const counting = client('http://127.0.0.1:1', {
      fetch: () => {
        sent += 1;
        return Promise.reject(new Error('sent'));
      },
    });
    const call = counting.batchCreate(request, { signal: AbortSignal.abort('enough') });
    await expect(call).rejects.toMatchObject({ code: 'STOPPED', reason: 'aborted', cause: 'enough' });
    expect(sent).toBe(0);
  });

  test('during the call ends it immediately', async () => {
    const controller = new AbortController();
    const url = await listen(() => {
      controller.abort('enough');
    });
    const call = client(url).batchCreate(request, { signal: controller.signal });
    await expect(call).rejects.toMatchObject({ code: 'STOPPED', reason: 'aborted', cause: 'enough' });
  });
});
