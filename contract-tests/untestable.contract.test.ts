import { describe, expect, test } from '@jest/globals';
import type { JsonObject } from '../src/openapi/index.js';
import { untestableIn } from './values/untestable.js';

// Each keyword below is supported on its own, but the suite cannot test the combinations.

const text = { type: 'string' };
const integer = { type: 'integer' };
const self = { $ref: '#/components/schemas/Note' };
const description = (schema: JsonObject, parameters: readonly JsonObject[] = []): JsonObject => ({
  paths: { '/notes': { get: { operationId: 'listNotes', parameters, responses: {} } } },
  components: { schemas: { Note: schema } },
});

describe('an untestable schema is found, with its conflicting keywords:', () => {
  test.each<[string, JsonObject, string, RegExp]>([
    [
      'a minimum above the maximum',
      { ...integer, minimum: 5, maximum: 2 },
      'minimum',
      /^together with maximum, .* no value/,
    ],
    [
      'a maximum length below the minimum',
      { ...text, minLength: 3, maxLength: 2 },
      'minLength',
      /^together with maxLength/,
    ],
    [
      'limits without a multiple in between',
      { ...integer, minimum: 1, maximum: 6, multipleOf: 7 },
      'minimum',
      /multipleOf/,
    ],
    ['a format longer than allowed', { ...text, format: 'uuid', maxLength: 3 }, 'format', /^together with maxLength/],
    ['two types in allOf', { allOf: [text, integer] }, 'allOf', /no value/],
    [
      'three different booleans',
      { type: 'array', minItems: 3, uniqueItems: true, items: { type: 'boolean' } },
      'minItems',
      /uniqueItems/,
    ],
    [
      'more members than allowed',
      { type: 'object', properties: {}, minProperties: 1, additionalProperties: false },
      'minProperties',
      /additionalProperties/,
    ],
    [
      'an endlessly nested object',
      { type: 'object', required: ['next'], properties: { next: self } },
      'properties',
      /no value/,
    ],
    [
      'a limit that another one makes redundant',
      { ...integer, minimum: 5, exclusiveMinimum: 5 },
      'minimum',
      /no value breaks it|no value reaches it/,
    ],
  ])('%s', (_, schema, keyword, reason) => {
    expect(untestableIn(description(schema))).toContainEqual({
      pointer: `/components/schemas/Note/${keyword}`,
      keyword,
      reason: expect.stringMatching(reason),
    });
  });

  test('in nested schemas, only the innermost is found', () => {
    const inner = { ...integer, minimum: 5, maximum: 2 };
    const found = untestableIn(description({ type: 'object', properties: { list: { type: 'array', items: inner } } }));
    expect(found.map(({ pointer }) => pointer)).toEqual(['/components/schemas/Note/properties/list/items/minimum']);
  });

  test('a parameter whose values cannot be sent is found', () => {
    const found = untestableIn(description(text, [{ name: 'q', in: 'query', schema: { ...text, enum: [''] } }]));
    expect(found).toMatchObject([{ pointer: '/paths/~1notes/get/parameters/0/schema', reason: /query/ }]);
  });
});
