import { describe, expect, test } from '@jest/globals';
import { json, object, query, spec, text, type Change } from './test-support.js';
import { unsupportedIn } from './unsupported.js';

const inSchema = '/components/schemas/Note/properties/body';
const inOperation = '/paths/~1notes~1{id}/post';
const inParameter = `${inOperation}/parameters/0`;
const note = { $ref: '#/components/schemas/Note' };
const reply = (status: string): Change => ({ operation: { responses: { [status]: { description: 'A reply.' } } } });
const path = (more: object): Change => ({ parameters: [{ name: 'id', in: 'path', schema: text, ...more }] });
const shown = (media: object): Change => ({
  operation: { requestBody: { content: { 'application/json': { schema: text, ...media } } } },
});

describe('contradictions and broken references are rejected with their place and the reason:', () => {
  test.each<[string, Change, string, RegExp]>([
    [
      'a member named like one that every object has',
      { schema: object({ constructor: text }) },
      `${inSchema}/properties/constructor`,
      /every JavaScript object/,
    ],
    [
      'a member called __proto__',
      { schema: object(JSON.parse('{"__proto__": {"type": "string"}}') as Record<string, unknown>) },
      `${inSchema}/properties/__proto__`,
      /every JavaScript object/,
    ],
    [
      'a parameter named like a member that every object has',
      { parameters: [query(text, { name: 'toString' })] },
      `${inParameter}/name`,
      /^toString: every/,
    ],
    [
      'an operation named like a member that every object has',
      { operation: { operationId: 'valueOf' } },
      `${inOperation}/operationId`,
      /^valueOf: every/,
    ],
    [
      'an operation with an umlaut',
      { operation: { operationId: 'größe' } },
      `${inOperation}/operationId`,
      /letters from a to z/,
    ],
    ['an optional path parameter', path({}), inParameter, /add required: true/],
    [
      'a parameter defined twice',
      { parameters: [query(text), query({ type: 'integer' })] },
      `${inOperation}/parameters/1/name`,
      /defined twice/,
    ],
    [
      'two headers that differ only in case',
      { parameters: ['X-A', 'x-a'].map((name) => ({ name, in: 'header', schema: text })) },
      `${inOperation}/parameters/1/name`,
      /defined twice/,
    ],
    [
      'a body that may be false',
      { operation: { requestBody: { required: true, ...json({ type: 'boolean' }) } } },
      `${inOperation}/requestBody/content/application~1json/schema/type`,
      /the body false/,
    ],
    ['no replies', { operation: { responses: {} } }, `${inOperation}/responses`, /at least one reply/],
    [
      'an array in a query without explode',
      { parameters: [query({ type: 'array', items: text })] },
      inParameter,
      /add explode: true/,
    ],
    ['a redirect', reply('302'), `${inOperation}/responses/302`, /follows redirects itself/],
    ['a range of redirects', reply('3XX'), `${inOperation}/responses/3XX`, /follows redirects itself/],
    ['a status that HTTP does not have', reply('700'), `${inOperation}/responses/700`, /a number such as 201/],
    ['a path with a query', { root: { paths: { '/notes?x=1': {} } } }, '/paths/~1notes?x=1', /query parameters/],
    [
      'a path that differs only in the names of its parameters',
      { root: { paths: { '/a/{b}': {}, '/a/{c}': {} } } },
      '/paths/~1a~1{c}',
      /distinguish it from \/a\/\{b\}/,
    ],
    [
      'a body that is null',
      { operation: { requestBody: json({ type: ['object', 'null'] }) } },
      `${inOperation}/requestBody/content/application~1json/schema/type`,
      /the body null as missing/,
    ],
    [
      'unevaluatedProperties',
      { schema: { ...object({}), unevaluatedProperties: false } },
      `${inSchema}/unevaluatedProperties`,
      /additionalProperties/,
    ],
    [
      'a required member without a description',
      { schema: object({}, ['zzz']) },
      `${inSchema}/required`,
      /zzz is not one/,
    ],
    ['an enum of another type', { schema: { ...text, enum: ['a', 2] } }, `${inSchema}/enum/1`, /must be string/],
    ['a const of another type', { schema: { ...text, const: 2 } }, `${inSchema}/const`, /must be string/],
    [
      'a default of another type',
      { schema: { type: 'integer', default: 'five' } },
      `${inSchema}/default`,
      /must be integer/,
    ],
    [
      'an example of another type',
      { schema: { type: 'integer', examples: [1, 'text'] } },
      `${inSchema}/examples/1`,
      /must be integer/,
    ],
    ['an enum with duplicates', { schema: { ...text, enum: ['a', 'a'] } }, `${inSchema}/enum`, /without duplicates/],
    [
      'a limit of OpenAPI 3.0',
      { schema: { type: 'integer', exclusiveMinimum: true } },
      `${inSchema}/exclusiveMinimum`,
      /must be a number/,
    ],
    ['a length below 0', { schema: { ...text, minLength: -1 } }, `${inSchema}/minLength`, /0 or more/],
    ['a type that JSON does not have', { schema: { type: 'date' } }, `${inSchema}/type`, /must be array, boolean/],
    [
      'an example of a parameter',
      { parameters: [query({ type: 'integer' }, { example: 'text' })] },
      `${inParameter}/example`,
      /must be integer/,
    ],
    [
      'an example of a body',
      shown({ example: 1 }),
      `${inOperation}/requestBody/content/application~1json/example`,
      /must be string/,
    ],
    [
      'a named example of a body',
      shown({ examples: { one: { value: 1 } } }),
      `${inOperation}/requestBody/content/application~1json/examples/one/value`,
      /must be string/,
    ],
    [
      'a named example without a value',
      shown({ examples: { one: {} } }),
      `${inOperation}/requestBody/content/application~1json/examples/one`,
      /must have a value/,
    ],
    [
      'an example of a reply',
      { reply: { content: { 'application/json': { schema: note, example: { body: 1 } } } } },
      `${inOperation}/responses/200/content/application~1json/example`,
      /\/body must be string/,
    ],
    [
      'an example of a header',
      { reply: { headers: { 'X-A': { schema: { type: 'integer' }, example: 'a' } } } },
      `${inOperation}/responses/200/headers/X-A/example`,
      /must be integer/,
    ],
    [
      'an external example',
      shown({ examples: { one: { externalValue: 'https://a.example' } } }),
      `${inOperation}/requestBody/content/application~1json/examples/one/externalValue`,
      /or the network/,
    ],
    ['a reference to another file', { schema: { $ref: './other.yaml' } }, `${inSchema}/$ref`, /not read other files/],
    [
      'a reference into a component',
      { schema: { $ref: '#/components/schemas/Note/properties/body' } },
      `${inSchema}/$ref`,
      /whole schemas/,
    ],
    [
      'a reference to nothing',
      { schema: { $ref: '#/components/schemas/Nobody' } },
      `${inSchema}/$ref`,
      /does not exist/,
    ],
    [
      'circular references',
      { root: { components: { schemas: { Note: { $ref: '#/components/schemas/Other' }, Other: note } } } },
      '/components/schemas/Note/$ref',
      /is circular/,
    ],
  ])('%s', (_, change, pointer, reason) => {
    expect(unsupportedIn(spec(change))).toContainEqual({
      pointer,
      keyword: expect.any(String),
      reason: expect.stringMatching(reason),
    });
  });

  test('values that conform have no findings', () => {
    const schema = { ...text, enum: ['a', 'b'], default: 'a', examples: ['b'] };
    expect(unsupportedIn(spec({ schema, ...shown({ example: 'text' }), ...path({ required: true }) }))).toEqual([]);
  });
});
