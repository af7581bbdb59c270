import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { ApiError, type AssociationsClient } from 'hubspot-associations';
import {
  createSimulator,
  serve,
  type Server,
  type Simulator,
  type SimulatorOptions,
} from 'hubspot-associations/simulator';
import { pair, rejection } from './judges/calls.js';
import { createClient } from './judges/product.js';
import { startProxy, type Prism } from './judges/prism.js';

// Prism is a proxy between the client and the simulator. It replaces an invalid reply with an error, so a reply that
// arrives unchanged conforms to the spec.

let answer: Simulator['fetch'];
let server: Server;
let proxy: Prism;
beforeEach(async () => {
  server = await serve((request) => answer(request));
  proxy = await startProxy(server.url);
});
afterEach(async () => {
  await proxy.stop();
  await server.close();
});

function clientOf(options: SimulatorOptions): AssociationsClient {
  answer = createSimulator(options).fetch;
  return createClient({ accessToken: 'any', baseUrl: proxy.url, allowance: false, maxAttempts: 1 });
}

const types = { fromObjectType: 'contacts', toObjectType: 'companies' };
const request = { ...types, inputs: [pair('1', '5'), pair('2', '5')] };

describe('replies of the simulator conform to the spec', () => {
  test('if the batch succeeds', async () => {
    const complete = await clientOf({}).batchCreate(request);
    expect(complete).toMatchObject({ status: 201, data: { results: [{ fromObjectId: '1' }, { fromObjectId: '2' }] } });
    const complete200 = await clientOf({ successStatus: 200 }).batchCreate(request);
    expect(complete200.response.status).toBe(200);
    const partial = await clientOf({ records: { contacts: ['1'], companies: [] } }).batchCreate(request);
    expect(partial).toMatchObject({ status: 207, data: { results: [], errors: [{}, {}], numErrors: 2 } });
  });

  test('if the batch is refused', async () => {
    const refusals: [SimulatorOptions, object][] = [
      [{ accessTokens: ['another'] }, { status: 401, category: 'INVALID_AUTHENTICATION' }],
      [{ accessTokens: { any: { expiresAt: 0 } } }, { status: 401, category: 'EXPIRED_AUTHENTICATION' }],
      [{ accessTokens: { any: { scopes: [] } } }, { status: 403, category: 'MISSING_SCOPES' }],
      [{ allowance: { requests: 0 } }, { status: 429, policyName: 'TEN_SECONDLY_ROLLING' }],
      [{ allowance: { requestsPerDay: 0, retryAfter: 'date' } }, { status: 429, policyName: 'DAILY' }],
      ...[423, 477, 500, 502, 503, 504, 521, 523, 524].map((status): [SimulatorOptions, object] => [
        { faults: { faults: [{ kind: 'status', status }] } },
        { status },
      ]),
    ];
    for (const [options, expected] of refusals) {
      const error = await rejection(clientOf(options).batchCreate(request));
      expect(error).toBeInstanceOf(ApiError);
      expect(error).toMatchObject(expected);
      expect(error).toHaveProperty('body.correlationId');
    }
    const wrongDirection = await rejection(clientOf({}).batchCreate({ ...request, toObjectType: 'deals' }));
    expect(wrongDirection).toMatchObject({ status: 400, category: 'VALIDATION_ERROR' });
  });

  test('except for faults that violate it, which the proxy detects', async () => {
    const error = await rejection(clientOf({ faults: { faults: [{ kind: 'numeric-ids' }] } }).batchCreate(request));
    expect(error).toMatchObject({ code: 'API', status: 500 });
    expect(JSON.stringify((error as ApiError).body)).toContain('fromObjectId');
  });
});
