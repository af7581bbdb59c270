import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createAssociationsClient, maximumInputs, type AssociationInput } from 'hubspot-associations';
import { requestBodies } from '../generated/validators.js';
import { pair, recordingFetch, type RecordingFetch } from './support/calls.js';
import { startPrism, type Prism } from './support/prism.js';
import { path, requestExamples } from './support/spec.js';

let prism: Prism;
beforeAll(async () => {
  prism = await startPrism();
}, 40_000);
afterAll(() => prism.stop());

async function send(
  inputs: readonly AssociationInput[],
  types: { fromObjectType: string; toObjectType: string } = { fromObjectType: 'contacts', toObjectType: 'companies' },
): Promise<RecordingFetch> {
  const recording = recordingFetch();
  const client = createAssociationsClient({
    accessToken: 'contract-test',
    baseUrl: prism.url,
    fetch: recording.fetch,
  });
  await client.batchCreate({ ...types, inputs });
  return recording;
}

describe('every request of the client conforms to the spec', () => {
  test.each(requestExamples)('the documented request "$name" passes', async ({ value }) => {
    if (!requestBodies.batchCreateAssociations(value)) throw new Error('The example does not conform to the spec.');
    const { requests, responses } = await send(value.inputs);
    expect(requests.map(({ body }) => body)).toEqual([value]);
    expect(responses.map(({ status }) => status)).toEqual([200]);
    expect(responses[0]?.headers.get('sl-violations')).toBeNull();
  });

  test('it goes to the documented path, by the documented method', async () => {
    const { requests } = await send([pair('1', '2')]);
    expect(path).toBe('/crm/associations/2025-09/{fromObjectType}/{toObjectType}/batch/create');
    expect(requests[0]?.method).toBe('POST');
    expect(requests[0]?.url.pathname).toBe('/crm/associations/2025-09/contacts/companies/batch/create');
  });

  test('it carries the token and the media type in their documented headers', async () => {
    const { requests } = await send([pair('1', '2')]);
    expect(requests[0]?.headers.get('authorization')).toBe('Bearer contract-test');
    expect(requests[0]?.headers.get('content-type')).toBe('application/json');
  });

  test('the first record is of fromObjectType, the second of toObjectType', async () => {
    const { requests } = await send([pair('1', '2')], { fromObjectType: '0-1', toObjectType: '2-1234567' });
    expect(requests[0]?.url.pathname).toBe('/crm/associations/2025-09/0-1/2-1234567/batch/create');
    expect(requests[0]?.body).toEqual({ inputs: [pair('1', '2')] });
  });

  test('an object type with characters of the URL syntax stays one segment of the path', async () => {
    const { requests } = await send([pair('1', '2')], { fromObjectType: 'p1_a/b?c#d', toObjectType: 'größe %' });
    expect(requests[0]?.url.pathname).toBe(
      '/crm/associations/2025-09/p1_a%2Fb%3Fc%23d/gr%C3%B6%C3%9Fe%20%25/batch/create',
    );
  });

  test('as many inputs as the limit allows pass in one request', async () => {
    const inputs = Array.from({ length: maximumInputs }, (_, index) => pair(String(index), String(index + 1)));
    const { requests } = await send(inputs);
    expect(requests[0]?.body).toEqual({ inputs });
  });
});
