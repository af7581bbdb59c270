import { afterEach, describe, expect, test } from '@jest/globals';
import { closeServers, complete, input, reply, types } from '../test-support.js';
import { ConfigurationError, createClient, InputError } from './index.js';

afterEach(closeServers);

describe('the client for single calls', () => {
  test('makes the documented call', async () => {
    const client = createClient({ accessToken: 'token', baseUrl: await reply(201, JSON.stringify(complete)) });
    await expect(client.batchCreate({ ...types, inputs: [input('1', '2')] })).resolves.toMatchObject({ status: 201 });
  });

  test('checks inputs before it sends them', async () => {
    const client = createClient({ accessToken: 'token' });
    const { from, to } = input('1', '2');
    const untyped = Object.assign({ from, to }, { types: 'HUBSPOT_DEFINED' });
    // @ts-expect-error -- A name is not a list of types.
    await expect(client.batchCreate({ ...types, inputs: [untyped] })).rejects.toThrow(InputError);
  });

  test('refuses an invalid option', () => {
    expect(() => createClient({ accessToken: '' })).toThrow(ConfigurationError);
  });

  test('has no way to send a body unchecked', () => {
    const client = createClient({ accessToken: 'token' });
    expect(Object.keys(client)).toEqual(['operations', 'batchCreate']);
    expect(Object.isFrozen(client)).toBe(true);
  });
});
