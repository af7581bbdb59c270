import { describe, expect, test } from '@jest/globals';
import { json, object, query, spec, text, type Change } from './test-support.js';
import { unsupportedIn } from './unsupported.js';

const circle = object({ kind: { const: 'circle' }, radius: { type: 'number' } }, ['kind']);
const square = object({ kind: { const: 'square' }, side: { type: 'number' } }, ['kind']);

describe('a spec is accepted with:', () => {
  test.each<[string, Change]>([
    ['an array of scalars in a query', { parameters: [query({ type: 'array', items: text }, { explode: true })] }],
    ['parameters of a path item', { item: { parameters: [{ name: 'id', in: 'path', required: true, schema: text }] } }],
    ['an optional body', { operation: { requestBody: json(text) } }],
    ['a reply without a body', { operation: { responses: { '204': { description: 'Done.' } } } }],
    ['branches of different types', { schema: { anyOf: [text, { type: 'integer' }, { type: 'null' }] } }],
    ['branches with different values of a const', { schema: { oneOf: [circle, square] } }],
    ['a deprecated operation', { operation: { deprecated: true } }],
    ['optional security', { operation: { security: [{ token: [] }, {}] } }],
    ['extensions everywhere', { schema: { ...text, 'x-a': 1 }, operation: { 'x-a': 1 }, root: { 'x-a': 1 } }],
    ['constraints of every kind', { schema: { type: 'array', minItems: 2, items: { ...text, pattern: '^a+$' } } }],
  ])('%s', (_, change) => {
    expect(unsupportedIn(spec(change))).toEqual([]);
  });
});

const inSchema = '/components/schemas/Note/properties/body';
const inOperation = '/paths/~1notes~1{id}/post';

describe('parts of a spec that cannot be tested fully are rejected with their place and the reason:', () => {
  test.each<[string, Change, string, RegExp]>([
    [
      'prefixItems',
      { schema: { type: 'array', items: text, prefixItems: [text] } },
      `${inSchema}/prefixItems`,
      /by position/,
    ],
    ['if', { schema: { ...text, if: {} } }, `${inSchema}/if`, /use oneOf/],
    ['not', { schema: { not: text } }, `${inSchema}/not`, /allowed values/],
    ['a misspelled keyword', { schema: { ...text, maximun: 7 } }, `${inSchema}/maximun`, /cannot test this keyword/],
    ['an empty schema', { schema: {} }, inSchema, /allows anything/],
    [
      'a member without a schema',
      { schema: { type: 'object', properties: { a: true } } },
      `${inSchema}/properties/a`,
      /with a schema/,
    ],
    ['an array of anything', { schema: { type: 'array' } }, inSchema, /describe its items/],
    ['a keyword of another type', { schema: { ...text, minimum: 1 } }, `${inSchema}/minimum`, /only to type number/],
    ['an unknown format', { schema: { ...text, format: 'isbn' } }, `${inSchema}/format`, /the format isbn/],
    ['a pattern with lookaround', { schema: { ...text, pattern: '(?=a)' } }, `${inSchema}/pattern`, /lookaround/],
    ['an invalid pattern', { schema: { ...text, pattern: '(' } }, `${inSchema}/pattern`, /not a valid .* expression/],
    [
      'a discriminator',
      { schema: { oneOf: [circle, square], discriminator: {} } },
      `${inSchema}/discriminator`,
      /different const/,
    ],
    [
      'anyOf of objects without a distinguishing member',
      { schema: { anyOf: [object({ a: text }), object({ b: text })] } },
      `${inSchema}/anyOf`,
      /cannot be distinguished/,
    ],
    [
      'a number beside an integer',
      { schema: { oneOf: [{ type: 'number' }, { type: 'integer' }] } },
      `${inSchema}/oneOf`,
      /cannot be distinguished/,
    ],
    [
      'a keyword beside oneOf',
      { schema: { oneOf: [circle, square], minProperties: 2 } },
      `${inSchema}/minProperties`,
      /beside oneOf/,
    ],
    ['a read-only member', { schema: { ...text, readOnly: true } }, `${inSchema}/readOnly`, /separate schemas/],
    ['nullable', { schema: { ...text, nullable: true } }, `${inSchema}/nullable`, /list of types/],
    [
      'a constraint beside a reference',
      { schema: { $ref: '#/components/schemas/Note', minProperties: 1 } },
      `${inSchema}/minProperties`,
      /allOf/,
    ],
    [
      'a closed branch of allOf',
      { schema: { allOf: [{ ...circle, additionalProperties: false }] } },
      `${inSchema}/allOf/0/additionalProperties`,
      /forbids the members of the other/,
    ],
    [
      'a cookie',
      { parameters: [{ name: 'c', in: 'cookie', schema: text }] },
      `${inOperation}/parameters/0/in`,
      /cannot send a parameter in a cookie/,
    ],
    [
      'deepObject',
      { parameters: [query(object({ a: text }), { style: 'deepObject' })] },
      `${inOperation}/parameters/0/style`,
      /must be form/,
    ],
    [
      'an object in a query',
      { parameters: [query(object({ a: text }))] },
      `${inOperation}/parameters/0/schema/type`,
      /an array of scalars/,
    ],
    [
      'an array sent as one value',
      { parameters: [query({ type: 'array', items: text }, { explode: false })] },
      `${inOperation}/parameters/0/explode`,
      /each item of an array separately/,
    ],
    [
      'an array in a header',
      { parameters: [{ name: 'h', in: 'header', schema: { type: 'array', items: text } }] },
      `${inOperation}/parameters/0/schema/type`,
      /must be a scalar/,
    ],
    [
      'a header that the client sets',
      { parameters: [{ name: 'Authorization', in: 'header', schema: text }] },
      `${inOperation}/parameters/0/name`,
      /set by the client/,
    ],
    [
      'a parameter that is JSON',
      { parameters: [{ name: 'q', in: 'query', content: {} }] },
      `${inOperation}/parameters/0/content`,
      /with schema/,
    ],
    [
      'multipart',
      { operation: { requestBody: { content: { 'multipart/form-data': { schema: text } } } } },
      `${inOperation}/requestBody/content/multipart~1form-data`,
      /JSON or text/,
    ],
    [
      'a form',
      { operation: { requestBody: { content: { 'application/x-www-form-urlencoded': { schema: text } } } } },
      `${inOperation}/requestBody/content/application~1x-www-form-urlencoded`,
      /JSON or text/,
    ],
    [
      'bytes',
      { reply: { content: { 'application/octet-stream': { schema: text } } } },
      `${inOperation}/responses/200/content/application~1octet-stream`,
      /JSON or text/,
    ],
    [
      'two media types',
      { reply: { content: { 'application/json': { schema: text }, 'text/plain': { schema: text } } } },
      `${inOperation}/responses/200/content`,
      /2 media types/,
    ],
    [
      'a text with a constraint',
      { reply: { content: { 'text/plain': { schema: { ...text, minLength: 2 } } } } },
      `${inOperation}/responses/200/content/text~1plain/schema/minLength`,
      /content of a text body/,
    ],
    [
      'a body for a status without one',
      { operation: { responses: { '204': { description: '', ...json(text) } } } },
      `${inOperation}/responses/204/content`,
      /204 cannot have a body/,
    ],
    ['an API key', { operation: { security: [{ key: [] }] } }, '/components/securitySchemes/key/type', /bearer token/],
    [
      'basic authentication',
      { operation: { security: [{ basic: [] }] } },
      '/components/securitySchemes/basic/scheme',
      /not basic/,
    ],
    [
      'two combined schemes',
      { operation: { security: [{ token: [], key: [] }] } },
      `${inOperation}/security`,
      /cannot combine schemes/,
    ],
    [
      'an undefined scheme',
      { operation: { security: [{ other: [] }] } },
      `${inOperation}/security`,
      /not defined in components/,
    ],
    ['HEAD', { item: { head: {} } }, '/paths/~1notes~1{id}/head', /have no body/],
    ['OPTIONS', { item: { options: {} } }, '/paths/~1notes~1{id}/options', /answer it themselves/],
    ['a server of one operation', { operation: { servers: [] } }, `${inOperation}/servers`, /first server/],
    ['callbacks', { operation: { callbacks: {} } }, `${inOperation}/callbacks`, /receives no requests/],
    ['webhooks', { root: { webhooks: {} } }, '/webhooks', /receives no requests/],
    ['a parameter within a segment', { root: { paths: { '/a-{id}': {} } } }, '/paths/~1a-{id}', /a single parameter/],
  ])('%s', (_, change, pointer, reason) => {
    expect(unsupportedIn(spec(change))).toContainEqual({
      pointer,
      keyword: expect.any(String),
      reason: expect.stringMatching(reason),
    });
  });

  test('once, however many operations refer to it', () => {
    const shared = { requestBody: json({ $ref: '#/components/schemas/Note' }) };
    const found = unsupportedIn(spec({ schema: { ...text, nullable: true }, operation: shared }));
    expect(found).toHaveLength(1);
  });
});
