import { describe, expect, test } from '@jest/globals';
import { ConfigurationError } from './errors.js';
import { resolveOptions, type ClientOptions } from './options.js';

describe('options', () => {
  test('have the documented defaults, and cannot be changed', () => {
    const options = resolveOptions({ accessToken: 'token' });
    expect(options).toMatchObject({
      baseUrl: 'https://api.hubapi.com',
      apiVersion: '2025-09',
      timeoutMs: 120_000,
      maxReplyBytes: 16_384_000,
      concurrency: 100,
      allowance: { requests: 100, perMs: 10_000 },
      maxAttempts: 8,
      userAgent: 'hubspot-associations',
      validateResponses: true,
    });
    expect(Object.isFrozen(options)).toBe(true);
  });

  test.each([
    ['accessToken', { accessToken: undefined }],
    ['accessToken', { accessToken: '' }],
    ['accessToken', { accessToken: 7 }],
    ['baseUrl', { baseUrl: 'api.hubapi.com' }],
    ['baseUrl', { baseUrl: 'ftp://api.hubapi.com' }],
    ['baseUrl', { baseUrl: 'https://user:secret@api.hubapi.com' }],
    ['baseUrl', { baseUrl: 'https://api.hubapi.com/?key=secret' }],
    ['apiVersion', { apiVersion: '2024-03' }],
    ['timeoutMs', { timeoutMs: 0 }],
    ['timeoutMs', { timeoutMs: Infinity }],
    ['timeoutMs', { timeoutMs: 2 ** 31 }],
    ['concurrency', { concurrency: 1.5 }],
    ['maxReplyBytes', { maxReplyBytes: 0 }],
    ['fetch', { fetch: 'fetch' }],
    ['onEvent', { onEvent: {} }],
    ['userAgent', { userAgent: 'line\nbreak' }],
  ])('%s: %j is refused, and the error names the option', (option, given) => {
    const options = { accessToken: 'token', ...given } as unknown as ClientOptions;
    expect(() => resolveOptions(options)).toThrow(ConfigurationError);
    expect(() => resolveOptions(options)).toThrow(option);
    expect(() => resolveOptions(options)).not.toThrow('secret');
  });

  test.each([
    ['acessToken', 'Did you mean accessToken?'],
    ['timeout', 'Did you mean timeoutMs?'],
    ['onevent', 'Did you mean onEvent?'],
    ['maxRetries', 'The options are accessToken, baseUrl,'],
  ])('an unknown option is refused: %s', (option, advice) => {
    const options = { accessToken: 'token', [option]: undefined };
    expect(() => resolveOptions(options)).toThrow(ConfigurationError);
    expect(() => resolveOptions(options)).toThrow(`${option}: there is no such option. ${advice}`);
  });

  test('no options at all is refused with what is needed', () => {
    expect(() => resolveOptions(undefined as unknown as ClientOptions)).toThrow('accessToken');
  });
});
