import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ApiError, createAssociationsClient, type BatchCreateReply, type ClientEvent } from 'hubspot-associations';
import { responses } from '../generated/validators.js';
import { pair, recordingFetch, rejection } from './support/calls.js';
import { startPrism, type Prism } from './support/prism.js';
import { responseExamples, statuses, type ResponseExample } from './support/spec.js';

let prism: Prism;
beforeAll(async () => {
  prism = await startPrism();
}, 40_000);
afterAll(() => prism.stop());

const token = 'pat-contract-0123456789';

function call(prefer: string, onEvent: (event: ClientEvent) => void = () => undefined): Promise<BatchCreateReply> {
  const { fetch } = recordingFetch(prefer);
  const client = createAssociationsClient({ accessToken: token, baseUrl: prism.url, fetch, onEvent });
  return client.batchCreate({ fromObjectType: 'contacts', toObjectType: 'companies', inputs: [pair('1', '2')] });
}

/** The statuses under which a documented reply is asked for; `default` stands for every other one. */
function codesOf(status: string): number[] {
  return status === 'default' ? [418, 500, 502, 503, 504] : [Number(status)];
}

const cases = responseExamples.flatMap((example) => codesOf(example.status).map((code) => ({ ...example, code })));
const successes = cases.filter(({ code }) => code < 300);
const refusals = cases.filter(({ code }) => code >= 300);

describe('every documented reply arrives as what it is', () => {
  test('every documented status has an example', () => {
    expect([...new Set(responseExamples.map(({ status }) => status))]).toEqual(statuses);
    expect(statuses).toEqual(expect.arrayContaining(['201', '207', '400', '401', '403', '423', '429', 'default']));
  });

  test.each(successes)(
    '$code "$name" becomes a reply',
    async ({ code, name, value }: ResponseExample & { code: number }) => {
      const events: ClientEvent[] = [];
      const reply = await call(`code=${String(code)}, example=${name}`, (event) => events.push(event));
      expect(reply.status).toBe(code === 207 ? 207 : 201);
      expect(reply.response.status).toBe(code);
      expect(reply.data).toEqual(value);
      expect(events).toEqual([]);
    },
  );

  test.each(refusals)('$code "$name" becomes an ApiError', async ({ code, name, value }) => {
    const error = await rejection(call(`code=${String(code)}, example=${name}`));
    expect(error).toBeInstanceOf(ApiError);
    expect(error).toMatchObject({ code: 'API', status: code, body: value });
    if (typeof value === 'object') {
      expect(error).toMatchObject(pick(value, ['category', 'subCategory', 'correlationId', 'policyName']));
    }
    expect(String(error)).not.toContain(token);
  });

  test('a 403 names the scopes that are missing', async () => {
    const error = await rejection(call('code=403, example=missingScopes'));
    expect(String(error)).toContain('crm.objects.companies.write');
  });

  test('a 429 of the day says when to come back', async () => {
    const error = await rejection(call('code=429, example=daily'));
    expect(error).toMatchObject({ policyName: 'DAILY' });
    expect(String(error)).toContain('after midnight');
  });
});

describe('every success that the spec allows is accepted', () => {
  test.each(['200', '201', '207'] as const)('a generated %s passes the validators and the client', async (status) => {
    const recorded = recordingFetch(`code=${status}, dynamic=true`);
    for (let round = 0; round < 20; round += 1) {
      let body: unknown;
      const events: ClientEvent[] = [];
      const client = createAssociationsClient({
        accessToken: token,
        baseUrl: prism.url,
        onEvent: (event) => events.push(event),
        fetch: async (request) => {
          const response = await recorded.fetch(request);
          body = await response.clone().json();
          return response;
        },
      });
      await client.batchCreate({ fromObjectType: 'contacts', toObjectType: 'companies', inputs: [pair('1', '2')] });
      const validate = responses.batchCreateAssociations[status];
      expect({ body, valid: validate(body), errors: validate.errors, events }).toEqual({
        body,
        valid: true,
        errors: null,
        events: [],
      });
    }
  });
});

function pick(value: object | null, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value ?? {}).filter(([name]) => names.includes(name)));
}
