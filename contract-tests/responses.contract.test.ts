import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ApiError } from 'hubspot-associations';
import { pair, recordingFetch, rejection } from './judges/calls.js';
import { checksOf } from './checks/all-checks.js';
import { operationsOf } from '../src/openapi/index.js';
import { token } from './values/request-parts.js';
import { startPrism, type Prism } from './judges/prism.js';
import { createClient, document, productWith } from './judges/product.js';
import type { Subject } from './judges/subject.js';
import { testChecks } from './checks/test-checks.js';

let prism: Prism;
let product: Subject;
beforeAll(async () => {
  prism = await startPrism();
  product = await productWith(prism);
});
afterAll(() => prism.stop());

const { replies } = checksOf(document);

describe('a valid reply becomes the typed result of its status', () => {
  testChecks(replies, () => product);

  test.each(
    operationsOf(document).flatMap(({ replies: all }) => all.map(({ contents, status }) => ({ status, contents }))),
  )('the status $status has an example for each media type', ({ contents }) => {
    expect(contents.filter(({ examples }) => examples.length === 0)).toEqual([]);
  });
});

describe('the error message of a refusal says what to do', () => {
  const refused = (prefer: string): Promise<unknown> => {
    const { fetch } = recordingFetch(prefer);
    const options = { accessToken: token, baseUrl: prism.url, fetch, allowance: false, maxAttempts: 1 } as const;
    const request = { fromObjectType: 'contacts', toObjectType: 'companies', inputs: [pair('1', '2')] };
    return rejection(createClient(options).batchCreate(request));
  };

  test('a 403 names the missing scopes', async () => {
    expect(String(await refused('code=403, example=missingScopes'))).toContain('crm.objects.companies.write');
  });

  test('a 429 for the daily limit says when to retry', async () => {
    const error = await refused('code=429, example=daily');
    expect(error).toBeInstanceOf(ApiError);
    expect(error).toMatchObject({ policyName: 'DAILY' });
    expect(String(error)).toContain('after midnight');
  });
});
