import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createProductBuilder, generatedSources, type ProductBuilder } from './mutation/build-product.js';
import { allChecks, coverageItemsOf, checksOf } from './checks/all-checks.js';
import type { Check } from './checks/context.js';
import { runCheck } from './checks/run-check.js';
import { objectOf, type JsonObject } from '../src/openapi/index.js';
import { startPrismInProcess } from './judges/prism-in-process.js';
import { document } from './judges/product.js';
import type { Subject } from './judges/subject.js';

// The suite must follow any change of the spec. This spec has operations and constraints that no test was written for.

const constrained = {
  type: 'object',
  required: ['name', 'size', 'kind'],
  additionalProperties: false,
  minProperties: 3,
  properties: {
    name: { type: 'string', minLength: 2, maxLength: 12, pattern: '^[a-z]+$' },
    size: { type: 'integer', minimum: 1, maximum: 10, multipleOf: 1 },
    share: { type: 'number', exclusiveMinimum: 0, exclusiveMaximum: 1 },
    kind: { const: 'synthetic' },
    tags: { type: 'array', minItems: 1, maxItems: 4, uniqueItems: true, items: { type: 'string', maxLength: 5 } },
    note: { type: ['string', 'null'] },
    either: {
      oneOf: [
        { type: 'integer', maximum: 5 },
        { type: 'string', format: 'date' },
      ],
    },
    both: {
      allOf: [
        { type: 'object', required: ['a'], properties: { a: { type: 'string', format: 'email' } } },
        { type: 'object', properties: { b: { type: 'boolean' } } },
      ],
    },
    tree: { $ref: '#/components/schemas/Tree' },
  },
};

/** A schema that contains itself. */
const tree = { type: 'object', properties: { branch: { $ref: '#/components/schemas/Tree' } } };

const json = (schema: JsonObject): JsonObject => ({ 'application/json': { schema } });
const refusals = { '422': { description: 'Refused.', content: json({ $ref: '#/components/schemas/Error' }) } };

const list = {
  operationId: 'listLabels',
  parameters: [
    { name: 'portal', in: 'path', required: true, schema: { type: 'string', pattern: '^[0-9]{2,4}$' } },
    { name: 'limit', in: 'query', required: true, schema: { type: 'integer', minimum: 1, maximum: 100 } },
    { name: 'sort', in: 'query', schema: { type: 'string', enum: ['asc', 'desc'] } },
    { name: 'x-trace', in: 'header', required: true, schema: { type: 'string', format: 'uuid' } },
  ],
  responses: {
    '200': {
      description: 'Found.',
      content: json({ type: 'array', maxItems: 3, items: { $ref: '#/components/schemas/Constrained' } }),
    },
    ...refusals,
  },
};

const put = {
  operationId: 'putLabel',
  parameters: [{ name: 'portal', in: 'path', required: true, schema: { type: 'integer', minimum: 1 } }],
  requestBody: { required: true, content: json({ $ref: '#/components/schemas/Constrained' }) },
  responses: {
    '200': { description: 'Put.', content: json({ $ref: '#/components/schemas/Constrained' }) },
    ...refusals,
  },
};

/** The spec with two more operations and some more constraints. */
function withSyntheticOperations(): JsonObject {
  const spec = structuredClone(document);
  const schemas = objectOf(objectOf(spec['components'])['schemas']);
  const id = { type: 'string', minLength: 1, pattern: '^[0-9]+$' };
  const { AssociationSpec: type, PublicObjectId: record } = schemas;
  return {
    ...spec,
    paths: { ...objectOf(spec['paths']), '/synthetic/{portal}/labels': { get: list, put } },
    components: {
      ...objectOf(spec['components']),
      schemas: {
        ...schemas,
        AssociationSpec: { ...objectOf(type), additionalProperties: false },
        PublicObjectId: { ...objectOf(record), properties: { id } },
        Constrained: constrained,
        Tree: tree,
      },
    },
  };
}

const spec = withSyntheticOperations();
const derived = checksOf(spec);

/** Only the request of the real operation has changed. */
function checksFor(operationId: string): Check[] {
  const checks =
    operationId === 'batchCreateAssociations' ? [...derived.requests, ...derived.violations] : allChecks(derived);
  return checks.filter(({ item }) => item.operationId === operationId);
}

let builder: ProductBuilder;
let subject: Subject;
beforeAll(async () => {
  builder = await createProductBuilder();
  const product = await builder.build(await generatedSources(spec));
  subject = { ...product, ...(await startPrismInProcess(spec)), baseUrl: 'http://127.0.0.1', runs: 10 };
});
afterAll(() => builder.remove());

describe('a spec with synthetic operations and constraints', () => {
  test('has a coverage item for each of its constraints', () => {
    const items = coverageItemsOf(spec).filter(({ operationId }) => operationId === 'putLabel');
    const keywords = new Set(items.filter(({ group }) => group === 'request constraint').map(({ keyword }) => keyword));
    expect([...keywords].sort()).toEqual(
      ['additionalProperties', 'const', 'content', 'exclusiveMaximum', 'exclusiveMinimum', 'format', 'maxItems']
        .concat(['maxLength', 'maximum', 'minItems', 'minLength', 'minProperties', 'minimum', 'multipleOf', 'oneOf'])
        .concat(['pattern', 'required', 'security', 'type', 'uniqueItems']),
    );
    const titles = coverageItemsOf(spec).map(({ operationId, title }) => `${operationId}: ${title}`);
    expect(titles).toContain('listLabels: query parameter limit must satisfy maximum 100');
    expect(titles).toContain('listLabels: header parameter x-trace must be given');
    expect(titles).toContain('batchCreateAssociations: inputs[].from.id must satisfy minLength 1');
  });

  test.each(['batchCreateAssociations', 'listLabels', 'putLabel'])(
    'is covered without test code: %s',
    async (operationId) => {
      const failures: string[] = [];
      for (const check of checksFor(operationId)) {
        const { failure } = await runCheck(check, subject);
        if (failure !== undefined) failures.push(`${check.item.title}: ${failure}`);
      }
      expect(failures.slice(0, 3)).toEqual([]);
    },
  );
});
