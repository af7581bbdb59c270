import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { maximumInputs, type AssociationInput } from 'hubspot-associations';
import { createSimulator, serve } from 'hubspot-associations/simulator';
import { pair, recordingFetch, type RecordingFetch } from './judges/calls.js';
import { checksOf } from './checks/all-checks.js';
import { startPrism, startProxy, type Prism } from './judges/prism.js';
import { apiVersion } from './judges/api-version.js';
import { createClient, document, productWith } from './judges/product.js';
import type { Subject } from './judges/subject.js';
import { testChecks } from './checks/test-checks.js';

describe('a request that conforms passes Prism and the validators, and the client sends just that', () => {
  let prism: Prism;
  let product: Subject;
  beforeAll(async () => {
    prism = await startPrism();
    product = await productWith(prism);
  });
  afterAll(() => prism.stop());

  testChecks(checksOf(document).requests, () => product);
});

async function send(
  baseUrl: string,
  inputs: readonly AssociationInput[],
  types: { fromObjectType: string; toObjectType: string } = { fromObjectType: 'contacts', toObjectType: 'companies' },
): Promise<RecordingFetch> {
  const recording = recordingFetch();
  const client = createClient({
    accessToken: 'contract-test',
    baseUrl,
    fetch: recording.fetch,
    allowance: false,
    maxAttempts: 1,
  });
  await client.batchCreate({ ...types, inputs });
  return recording;
}

/** Custom object types whose names need encoding in a path. */
const oddlyNamed = [
  { id: '2-1', name: 'p1_a/b?c#d' },
  { id: '2-2', name: 'größe %' },
];

/** Prism judges the requests; who answers them behind it makes no difference to that. */
const targets = [
  { title: 'the mock', begin: async () => ({ prism: await startPrism(), end: () => Promise.resolve() }), status: 200 },
  {
    title: 'the simulator behind the validating proxy',
    begin: async () => {
      const server = await serve(createSimulator({ objectTypes: oddlyNamed }));
      return { prism: await startProxy(server.url), end: () => server.close() };
    },
    status: 201,
  },
];

describe.each(targets)('every request of the client conforms to the spec: $title', ({ begin, status: success }) => {
  let target: Awaited<ReturnType<typeof begin>>;
  beforeAll(async () => {
    target = await begin();
  });
  afterAll(async () => {
    await target.prism.stop();
    await target.end();
  });
  const sendTo = (inputs: readonly AssociationInput[], types?: Parameters<typeof send>[2]): Promise<RecordingFetch> =>
    send(target.prism.url, inputs, types);

  test('it passes', async () => {
    const { responses } = await sendTo([pair('1', '2')]);
    expect(responses.map(({ status }) => status)).toEqual([success]);
    expect(responses[0]?.headers.get('sl-violations')).toBeNull();
  });

  test('it goes to the documented path, by the documented method', async () => {
    const { requests } = await sendTo([pair('1', '2')]);
    expect(requests[0]?.method).toBe('POST');
    expect(requests[0]?.url.pathname).toBe(`/crm/associations/${apiVersion}/contacts/companies/batch/create`);
  });

  test('it carries the token and the media type in their documented headers', async () => {
    const { requests } = await sendTo([pair('1', '2')]);
    expect(requests[0]?.headers.get('authorization')).toBe('Bearer contract-test');
    expect(requests[0]?.headers.get('content-type')).toBe('application/json');
  });

  test('the first record is of fromObjectType, the second of toObjectType', async () => {
    const { requests } = await sendTo([pair('1', '2')], { fromObjectType: '0-1', toObjectType: '0-2' });
    expect(requests[0]?.url.pathname).toBe(`/crm/associations/${apiVersion}/0-1/0-2/batch/create`);
    expect(requests[0]?.body).toEqual({ inputs: [pair('1', '2')] });
  });

  test('an object type with characters of the URL syntax stays one segment of the path', async () => {
    const { requests } = await sendTo(
      [{ ...pair('1', '2'), types: [{ associationCategory: 'USER_DEFINED', associationTypeId: 7 }] }],
      { fromObjectType: 'p1_a/b?c#d', toObjectType: 'größe %' },
    );
    expect(requests[0]?.url.pathname).toBe(
      `/crm/associations/${apiVersion}/p1_a%2Fb%3Fc%23d/gr%C3%B6%C3%9Fe%20%25/batch/create`,
    );
  });

  test('as many inputs as the limit allows pass in one request', async () => {
    const inputs = Array.from({ length: maximumInputs }, (_, index) => pair(String(index + 1), String(index + 2)));
    const { requests } = await sendTo(inputs);
    expect(requests[0]?.body).toEqual({ inputs });
  });
});
