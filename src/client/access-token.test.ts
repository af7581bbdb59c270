import { describe, expect, jest, test } from '@jest/globals';
import { createAccessToken } from './access-token.js';
import { ConfigurationError } from './errors.js';

describe('an access token from a provider', () => {
  test('is requested once, however many calls need it', async () => {
    const provider = jest.fn(() => Promise.resolve('one'));
    const token = createAccessToken(provider);
    expect(await Promise.all([token.get(), token.get(), token.get()])).toEqual(['one', 'one', 'one']);
    expect(provider.mock.calls).toEqual([[{}]]);
  });

  test('is requested again, with the refused one, after the API has refused it', async () => {
    const provider = jest.fn(({ rejected }: { rejected?: string }) => (rejected === undefined ? 'one' : 'two'));
    const token = createAccessToken(provider);
    await token.get();
    token.reject('one');
    token.reject('one');
    expect(await Promise.all([token.get(), token.get()])).toEqual(['two', 'two']);
    expect(provider.mock.calls).toEqual([[{}], [{ rejected: 'one' }]]);
  });

  test('is kept when the API refuses an older token late', async () => {
    const tokens = ['one', 'two', 'three'];
    const token = createAccessToken(() => tokens.shift() ?? '');
    await token.get();
    token.reject('one');
    await token.get();
    token.reject('one');
    expect(await token.get()).toBe('two');
  });

  test('is requested again after the provider has failed', async () => {
    let calls = 0;
    const token = createAccessToken(() => {
      calls += 1;
      if (calls === 1) throw new Error('the vault is closed');
      return 'one';
    });
    await expect(token.get()).rejects.toThrow('the vault is closed');
    expect(await token.get()).toBe('one');
  });
});

describe('the error of a provider', () => {
  test.each([
    ['a private app token', 'vault: pat-eu1-11111111-2222 is locked', 'vault: [access token] is locked'],
    ['credentials of a header', 'GET /v1 with Bearer abc.def: 403', 'GET /v1 with [access token]: 403'],
    ['an OAuth token', 'CJSP5qf1KhICAQEYs-gDIIGOBii1hQIyGQAf3xBK expired', '[access token] expired'],
    ['a JSON web token', 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln is old', '[access token] is old'],
  ])('is repeated without %s', async (_, message, shown) => {
    const token = createAccessToken(() => Promise.reject(new Error(message)));
    const error = await token.get().catch((caught: unknown) => caught);
    expect(error).toMatchObject({ code: 'CONFIGURATION', cause: { message: shown } });
    expect(String(error)).toBe(`ConfigurationError: accessToken: its provider failed: ${shown}`);
  });

  test.each([
    'connect ECONNREFUSED 127.0.0.1:8200',
    'ENOENT: no such file or directory, open /var/run/secrets/hubspot-1/access-token',
    'getaddrinfo ENOTFOUND vault-2.eu-central-1.internal.example.com',
  ])('keeps text that is not a credential: %s', async (message) => {
    const token = createAccessToken(() => Promise.reject(new Error(message)));
    await expect(token.get()).rejects.toThrow(message);
  });
});

describe('a token that is not a valid header value', () => {
  test.each(['', 'two words', 'line\nbreak', 'größe'])('%j is refused without being repeated', (token) => {
    const refused = (): unknown => createAccessToken(token);
    expect(refused).toThrow(ConfigurationError);
    if (token !== '') expect(refused).not.toThrow(token);
  });

  test('is refused when a provider returns it', async () => {
    const token = createAccessToken(() => undefined as unknown as string);
    await expect(token.get()).rejects.toThrow(ConfigurationError);
  });
});
