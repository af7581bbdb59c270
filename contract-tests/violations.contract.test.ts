import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createAssociationsClient, InputError } from 'hubspot-associations';
import { createSimulator } from 'hubspot-associations/simulator';
import { rejection } from './support/calls.js';
import { startPrism, type Prism } from './support/prism.js';

let prism: Prism;
beforeAll(async () => {
  prism = await startPrism();
}, 40_000);
afterAll(() => prism.stop());

const type = { associationCategory: 'HUBSPOT_DEFINED', associationTypeId: 279 };
const from = { id: '1' };
const to = { id: '2' };

/** Bodies that break one constraint each, and the place where they do. */
const violations: { title: string; body: unknown; pointer: string }[] = [
  { title: 'a body without inputs', body: {}, pointer: '' },
  { title: 'inputs that are no list', body: { inputs: {} }, pointer: '/inputs' },
  { title: 'an input that is no object', body: { inputs: ['1'] }, pointer: '/inputs/0' },
  { title: 'an input without from', body: { inputs: [{ to, types: [type] }] }, pointer: '/inputs/0' },
  { title: 'an input without to', body: { inputs: [{ from, types: [type] }] }, pointer: '/inputs/0' },
  { title: 'an input without types', body: { inputs: [{ from, to }] }, pointer: '/inputs/0' },
  { title: 'a record without id', body: { inputs: [{ from: {}, to, types: [type] }] }, pointer: '/inputs/0/from' },
  {
    title: 'an id that is a number',
    body: { inputs: [{ from, to: { id: 2 }, types: [type] }] },
    pointer: '/inputs/0/to/id',
  },
  { title: 'types that are no list', body: { inputs: [{ from, to, types: type }] }, pointer: '/inputs/0/types' },
  {
    title: 'a type without category',
    body: { inputs: [{ from, to, types: [{ associationTypeId: 279 }] }] },
    pointer: '/inputs/0/types/0',
  },
  {
    title: 'a type without id',
    body: { inputs: [{ from, to, types: [{ associationCategory: 'HUBSPOT_DEFINED' }] }] },
    pointer: '/inputs/0/types/0',
  },
  {
    title: 'an unknown category',
    body: { inputs: [{ from, to, types: [{ ...type, associationCategory: 'MINE' }] }] },
    pointer: '/inputs/0/types/0/associationCategory',
  },
  {
    title: 'a type id that is a string',
    body: { inputs: [{ from, to, types: [{ ...type, associationTypeId: '279' }] }] },
    pointer: '/inputs/0/types/0/associationTypeId',
  },
  {
    title: 'a type id with a fraction',
    body: { inputs: [{ from, to, types: [{ ...type, associationTypeId: 1.5 }] }] },
    pointer: '/inputs/0/types/0/associationTypeId',
  },
  {
    title: 'a type id of more than 32 bits',
    body: { inputs: [{ from, to, types: [{ ...type, associationTypeId: 2 ** 31 }] }] },
    pointer: '/inputs/0/types/0/associationTypeId',
  },
];

function post(body: string, headers: Record<string, string>): Promise<Response> {
  const url = `${prism.url}/crm/associations/2025-09/contacts/companies/batch/create`;
  return fetch(url, { method: 'POST', body, headers });
}

const authorized = { authorization: 'Bearer contract-test', 'content-type': 'application/json' };

describe('a request that breaks the spec', () => {
  test.each(violations)('$title is refused by the mock with the documented status', async ({ body }) => {
    const response = await post(JSON.stringify(body), authorized);
    expect(response.status).toBe(400);
    expect(await response.json()).toHaveProperty('category', 'VALIDATION_ERROR');
  });

  test.each(violations)('$title is refused by the simulator as by the mock', async ({ body }) => {
    const url = 'https://api.hubapi.com/crm/associations/2025-09/contacts/companies/batch/create';
    const request = new Request(url, { method: 'POST', body: JSON.stringify(body), headers: authorized });
    const response = await createSimulator().fetch(request);
    expect(response.status).toBe(400);
    expect(await response.json()).toHaveProperty('category', 'VALIDATION_ERROR');
  });

  test.each(violations)('$title is refused by the client before it is sent', async ({ body, pointer }) => {
    let sent = 0;
    const client = createAssociationsClient({
      accessToken: 'contract-test',
      baseUrl: prism.url,
      fetch: (request) => {
        sent += 1;
        return fetch(request);
      },
    });
    const request = { fromObjectType: 'contacts', toObjectType: 'companies', ...(body as { inputs: [] }) };
    const error = await rejection(client.batchCreate(request));
    expect(error).toBeInstanceOf(InputError);
    expect(error).toMatchObject({ code: 'INPUT', pointer });
    expect(sent).toBe(0);
  });

  test('a body that is not JSON is refused with 400', async () => {
    const response = await post('{"inputs":', authorized);
    expect(response.status).toBe(400);
  });

  test('a body of another media type is refused with 400', async () => {
    const response = await post(JSON.stringify({ inputs: [] }), { ...authorized, 'content-type': 'text/csv' });
    expect(response.status).toBe(400);
  });

  test('a missing token is refused with 401', async () => {
    const response = await post(JSON.stringify({ inputs: [] }), { 'content-type': 'application/json' });
    expect(response.status).toBe(401);
    expect(await response.json()).toHaveProperty('category', 'INVALID_AUTHENTICATION');
  });
});
