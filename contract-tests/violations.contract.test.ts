import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createSimulator } from 'hubspot-associations/simulator';
import { checksOf } from './checks/all-checks.js';
import { jsonBodyOf, requestOf } from './values/request-parts.js';
import { operationsOf } from '../src/openapi/index.js';
import { placeValue } from './values/place-value.js';
import { startPrism, type Prism } from './judges/prism.js';
import { document, productWith } from './judges/product.js';
import { someRequest } from './values/some-request.js';
import { titleOf } from './spec/rule-titles.js';
import { breakingValues } from './values/rule-values.js';
import { rulesOf } from './spec/rules.js';
import { schemaOracle } from './values/schema-oracle.js';
import type { Subject } from './judges/subject.js';
import { testChecks } from './checks/test-checks.js';

let prism: Prism;
let product: Subject;
beforeAll(async () => {
  prism = await startPrism();
  product = await productWith(prism);
});
afterAll(() => prism.stop());

const source = { document, conforms: schemaOracle(document) };

describe('Prism and the client refuse a request that violates one constraint, at the same place', () => {
  testChecks(checksOf(document).violations, () => product);
});

describe('a body that is not JSON is refused', () => {
  test.each(operationsOf(document).filter((operation) => jsonBodyOf(operation) !== undefined))(
    'by the mock of $operationId',
    async (operation) => {
      const request = requestOf(operation, someRequest(source, operation), prism.url);
      const broken = new Request(request.url, { method: request.method, headers: request.headers, body: '{"inputs":' });
      expect((await prism.fetch(broken)).status).toBe(400);
    },
  );
});

const [operation] = operationsOf(document).filter(({ operationId }) => operationId === 'batchCreateAssociations');
if (operation === undefined)
  throw new Error('The spec no longer has batchCreateAssociations, which the simulator implements.');
const content = jsonBodyOf(operation);
if (content === undefined) throw new Error('batchCreateAssociations no longer has a JSON body.');

const broken = rulesOf(document, content.schema)
  .filter(({ kind }) => kind === 'constraint')
  .map((rule) => ({ title: titleOf(rule, 'the body'), rule }));

describe('the simulator refuses a request that violates one constraint, like the mock', () => {
  test.each(broken)('$title', async ({ rule }) => {
    for (const value of breakingValues(source, rule)) {
      const { value: body } = placeValue(source, content.schema.value, rule.location, value);
      const path = { fromObjectType: 'contacts', toObjectType: 'companies' };
      const parts = { ...someRequest(source, operation), path, body };
      const response = await createSimulator().fetch(requestOf(operation, parts, 'https://api.hubapi.com'));
      expect({ body, status: response.status }).toEqual({ body, status: 400 });
      expect(await response.json()).toHaveProperty('category', 'VALIDATION_ERROR');
    }
  });
});
