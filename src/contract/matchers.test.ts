import { describe, expect, test } from '@jest/globals';
import { complete, input } from '../test-support.js';
import { contractMatchers } from './matchers.js';

const operation = 'batchCreateAssociations';

function reply(status: number, body: unknown, contentType = 'application/json'): Response {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return new Response(text, { status, headers: { 'content-type': contentType } });
}

function request(body: unknown): Request {
  const headers = { 'content-type': 'application/json' };
  return new Request('http://127.0.0.1/', { method: 'POST', headers, body: JSON.stringify(body) });
}

describe('a reply conforms to an operation', () => {
  test.each([
    ['with a body that the spec has for its status', reply(201, complete)],
    ['with a status that only the default describes', reply(503, { category: 'X', correlationId: 'c033cdaa-2c40-4a64-ae48-b4cec88dad24', message: 'm' })], // prettier-ignore
    ['that is an HTML page', reply(404, '<!doctype html>', 'text/html')],
  ])('%s', async (_, response) => {
    expect(await contractMatchers.toConformTo(response, operation)).toMatchObject({ pass: true });
    await expect(response.text()).resolves.not.toBe('');
  });

  test.each([
    ['a missing member', reply(201, { ...complete, results: undefined }), /the body must have .*'results'/],
    ['a member of another type', reply(201, { ...complete, results: [{ ...complete.results[0], labels: 'x' }] }), /\/results\/0\/labels must be array/], // prettier-ignore
    ['a body that is not JSON', reply(201, '{'), /The body is string/],
  ])('but not with %s, which is reported with its place', async (_, response, reason) => {
    const { pass, message } = await contractMatchers.toConformTo(response, operation);
    expect({ pass, message: message() }).toEqual({ pass: false, message: expect.stringMatching(reason) });
  });
});

describe('a request conforms to an operation', () => {
  test('with a body that the spec allows', async () => {
    const verdict = await contractMatchers.toBeRequestOf(request({ inputs: [input('1')] }), operation);
    expect(verdict.pass).toBe(true);
  });

  test('but not without a required member', async () => {
    const { pass, message } = await contractMatchers.toBeRequestOf(request({ inputs: [{ from: { id: '1' } }] }), operation); // prettier-ignore
    expect({ pass, message: message() }).toEqual({ pass: false, message: expect.stringMatching(/\/inputs\/0 must have/) }); // prettier-ignore
  });
});

test.each([
  ['an operation that the spec does not have', reply(200, ''), 'archive', /batchCreateAssociations/],
  ['something that is not a Response', {}, operation, /Expected a Response/],
])('%s is reported', async (_, received, operationId, reason) => {
  const { pass, message } = await contractMatchers.toConformTo(received, operationId);
  expect({ pass, message: message() }).toEqual({ pass: false, message: expect.stringMatching(reason) });
});
