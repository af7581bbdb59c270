import { describe, expect, test } from '@jest/globals';
import type { JsonObject } from '../src/openapi/index.js';
import { untestableIn } from './values/untestable.js';

// Every keyword below is supported by itself; together they leave the suite nothing to test with.

const text = { type: 'string' };
const integer = { type: 'integer' };
const self = { $ref: '#/components/schemas/Note' };
const description = (schema: JsonObject, parameters: readonly JsonObject[] = []): JsonObject => ({
  paths: { '/notes': { get: { operationId: 'listNotes', parameters, responses: {} } } },
  components: { schemas: { Note: schema } },
});

describe('a schema that no value can test is found, with the keywords at fault:', () => {
  test.each<[string, JsonObject, string, RegExp]>([
    [
      'a minimum above the maximum',
      { ...integer, minimum: 5, maximum: 2 },
      'minimum',
      /^together with maximum, .* no value/,
    ],
    ['a length below the other', { ...text, minLength: 3, maxLength: 2 }, 'minLength', /^together with maxLength/],
    ['no multiple between the limits', { ...integer, minimum: 1, maximum: 6, multipleOf: 7 }, 'minimum', /multipleOf/],
    ['a format longer than allowed', { ...text, format: 'uuid', maxLength: 3 }, 'format', /^together with maxLength/],
    ['two types at once', { allOf: [text, integer] }, 'allOf', /no value/],
    [
      'three different booleans',
      { type: 'array', minItems: 3, uniqueItems: true, items: { type: 'boolean' } },
      'minItems',
      /uniqueItems/,
    ],
    [
      'more members than there are',
      { type: 'object', properties: {}, minProperties: 1, additionalProperties: false },
      'minProperties',
      /additionalProperties/,
    ],
    [
      'an object in itself without end',
      { type: 'object', required: ['next'], properties: { next: self } },
      'properties',
      /no value/,
    ],
    [
      'a limit that another one hides',
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

  test('of several schemas, only the innermost', () => {
    const inner = { ...integer, minimum: 5, maximum: 2 };
    const found = untestableIn(description({ type: 'object', properties: { list: { type: 'array', items: inner } } }));
    expect(found.map(({ pointer }) => pointer)).toEqual(['/components/schemas/Note/properties/list/items/minimum']);
  });

  test('and parameters whose values are all lost on the way', () => {
    const found = untestableIn(description(text, [{ name: 'q', in: 'query', schema: { ...text, enum: [''] } }]));
    expect(found).toMatchObject([{ pointer: '/paths/~1notes/get/parameters/0/schema', reason: /query/ }]);
  });
});
