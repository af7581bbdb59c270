import { describe, expect, test } from '@jest/globals';
import { createAssociationsClient } from '../associations-client.js';
import { complete, input, types } from '../test-support.js';
import type { ClientOptions } from './options.js';

/** The paths that a client requests, for each way to call the operation. */
async function pathsOf(options: Partial<ClientOptions>): Promise<string[]> {
  const paths: string[] = [];
  const fetch = (request: Request): Promise<Response> => {
    paths.push(new URL(request.url).pathname);
    return Promise.resolve(Response.json(complete, { status: 201 }));
  };
  const client = createAssociationsClient({ accessToken: 'token', fetch, ...options });
  const inputs = [input('1', '2')];
  await client.batchCreate({ ...types, inputs });
  await client.createAll({ ...types, inputs }).summary;
  await client.operations.batchCreateAssociations({ params: { path: types }, body: { inputs } });
  return paths;
}

describe('the version of the API', () => {
  test.each([
    ['2025-09, where none is named', {}, '/crm/associations/2025-09/contacts/companies/batch/create'],
    ['2025-09', { apiVersion: '2025-09' }, '/crm/associations/2025-09/contacts/companies/batch/create'],
    ['2026-03', { apiVersion: '2026-03' }, '/crm/associations/2026-03/contacts/companies/batch/create'],
    [
      '2026-03 below a base URL',
      { apiVersion: '2026-03', baseUrl: 'https://example.com/proxy/' },
      '/proxy/crm/associations/2026-03/contacts/companies/batch/create',
    ],
  ] as const)('%s, is part of the path of every request', async (_, options, path) => {
    expect(await pathsOf(options)).toEqual([path, path, path]);
  });

  test('that is unknown is refused, and the error lists the known ones', () => {
    for (const [apiVersion, shown] of [
      ['2024-03', '2024-03'],
      ['toString', 'toString'],
      [['2026-03'], '2026-03'],
      [202603, '202603'],
    ]) {
      const options = { accessToken: 'token', apiVersion } as unknown as ClientOptions;
      expect(() => createAssociationsClient(options)).toThrow(
        `apiVersion: give one of 2025-09, 2026-03, not ${String(shown)}.`,
      );
    }
  });
});
