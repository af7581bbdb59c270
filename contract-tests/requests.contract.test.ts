import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createSimulator, serve, type Server } from 'hubspot-associations/simulator';
import { checksOf } from './checks/all-checks.js';
import { testChecks } from './checks/test-checks.js';
import { apiVersion } from './judges/api-version.js';
import { pair, recordingFetch } from './judges/calls.js';
import { startPrism, startProxy, type Prism } from './judges/prism.js';
import { createClient, document, productWith } from './judges/product.js';
import type { Subject } from './judges/subject.js';

describe('Prism and the validators accept a valid request, and the client sends exactly this request', () => {
  let prism: Prism;
  let product: Subject;
  beforeAll(async () => {
    prism = await startPrism();
    product = await productWith(prism);
  });
  afterAll(() => prism.stop());

  testChecks(checksOf(document).requests, () => product);
});

describe('a request as sent', () => {
  let server: Server;
  let proxy: Prism;
  beforeAll(async () => {
    const objectTypes = [
      { id: '2-1', name: 'p1_a/b?c#d' },
      { id: '2-2', name: 'größe %' },
    ];
    server = await serve(createSimulator({ objectTypes }));
    proxy = await startProxy(server.url);
  });
  afterAll(async () => {
    await proxy.stop();
    await server.close();
  });

  test('passes the validating proxy and matches the documentation, with any object type names', async () => {
    const { fetch, requests, responses } = recordingFetch();
    const options = {
      accessToken: 'contract-test',
      baseUrl: proxy.url,
      fetch,
      allowance: false,
      maxAttempts: 1,
    } as const;
    const type = { associationCategory: 'USER_DEFINED', associationTypeId: 7 } as const;
    const request = {
      fromObjectType: 'p1_a/b?c#d',
      toObjectType: 'größe %',
      inputs: [{ ...pair('1', '2'), types: [type] }],
    };
    await createClient(options).batchCreate(request);
    expect(responses.map(({ status }) => status)).toEqual([201]);
    const [sent] = requests;
    expect(`${String(sent?.method)} ${String(sent?.url.pathname)}`).toBe(
      `POST /crm/associations/${apiVersion}/p1_a%2Fb%3Fc%23d/gr%C3%B6%C3%9Fe%20%25/batch/create`,
    );
    expect(sent?.headers.get('authorization')).toBe('Bearer contract-test');
    expect(sent?.headers.get('content-type')).toBe('application/json');
    expect(sent?.body).toEqual({ inputs: [{ from: { id: '1' }, to: { id: '2' }, types: [type] }] });
  });
});
