import { describe, expect, test } from '@jest/globals';
import { json, object, query, spec, text, type Change } from './test-support.js';
import { unsupportedIn } from './unsupported.js';

const circle = object({ kind: { const: 'circle' }, radius: { type: 'number' } }, ['kind']);
const square = object({ kind: { const: 'square' }, side: { type: 'number' } }, ['kind']);

describe('a spec that the client and the contract suite cover whole is supported:', () => {
  test.each<[string, Change]>([
    ['a list of scalars in a query', { parameters: [query({ type: 'array', items: text }, { explode: true })] }],
    ['parameters of a path', { item: { parameters: [{ name: 'id', in: 'path', required: true, schema: text }] } }],
    ['a body that may be left out', { operation: { requestBody: json(text) } }],
    ['a reply without a body', { operation: { responses: { '204': { description: 'Done.' } } } }],
    ['branches of different types', { schema: { anyOf: [text, { type: 'integer' }, { type: 'null' }] } }],
    ['branches with a const of their own', { schema: { oneOf: [circle, square] } }],
    ['a deprecated operation', { operation: { deprecated: true } }],
    ['security that may be left out', { operation: { security: [{ token: [] }, {}] } }],
    ['extensions everywhere', { schema: { ...text, 'x-a': 1 }, operation: { 'x-a': 1 }, root: { 'x-a': 1 } }],
    ['constraints of every kind', { schema: { type: 'array', minItems: 2, items: { ...text, pattern: '^a+$' } } }],
  ])('%s', (_, change) => {
    expect(unsupportedIn(spec(change))).toEqual([]);
  });
});

const inSchema = '/components/schemas/Note/properties/body';
const inOperation = '/paths/~1notes~1{id}/post';

describe('what could only be half tested is refused, where it stands, with the reason:', () => {
  test.each<[string, Change, string, RegExp]>([
    [
      'prefixItems',
      { schema: { type: 'array', items: text, prefixItems: [text] } },
      `${inSchema}/prefixItems`,
      /by their position/,
    ],
    ['if', { schema: { ...text, if: {} } }, `${inSchema}/if`, /describe each form with oneOf/],
    ['not', { schema: { not: text } }, `${inSchema}/not`, /say what it is/],
    ['a misspelled keyword', { schema: { ...text, maximun: 7 } }, `${inSchema}/maximun`, /no keyword/],
    ['an empty schema', { schema: {} }, inSchema, /allows anything/],
    [
      'a member without a schema',
      { schema: { type: 'object', properties: { a: true } } },
      `${inSchema}/properties/a`,
      /with a schema/,
    ],
    ['a list of anything', { schema: { type: 'array' } }, inSchema, /what its items are/],
    ['a keyword of another type', { schema: { ...text, minimum: 1 } }, `${inSchema}/minimum`, /of type number only/],
    ['an unknown format', { schema: { ...text, format: 'isbn' } }, `${inSchema}/format`, /isbn is no format/],
    ['a pattern with look-around', { schema: { ...text, pattern: '(?=a)' } }, `${inSchema}/pattern`, /look-around/],
    ['a pattern that is none', { schema: { ...text, pattern: '(' } }, `${inSchema}/pattern`, /no regular expression/],
    [
      'a discriminator',
      { schema: { oneOf: [circle, square], discriminator: {} } },
      `${inSchema}/discriminator`,
      /const of its own/,
    ],
    [
      'anyOf of objects that look alike',
      { schema: { anyOf: [object({ a: text }), object({ b: text })] } },
      `${inSchema}/anyOf`,
      /cannot be told apart/,
    ],
    [
      'a number beside an integer',
      { schema: { oneOf: [{ type: 'number' }, { type: 'integer' }] } },
      `${inSchema}/oneOf`,
      /cannot be told apart/,
    ],
    [
      'a keyword beside oneOf',
      { schema: { oneOf: [circle, square], minProperties: 2 } },
      `${inSchema}/minProperties`,
      /beside oneOf/,
    ],
    [
      'a member that only replies have',
      { schema: { ...text, readOnly: true } },
      `${inSchema}/readOnly`,
      /request and reply apart/,
    ],
    ['nullable', { schema: { ...text, nullable: true } }, `${inSchema}/nullable`, /list of types/],
    [
      'a reference beside a constraint',
      { schema: { $ref: '#/components/schemas/Note', minProperties: 1 } },
      `${inSchema}/minProperties`,
      /allOf/,
    ],
    [
      'a closed branch of allOf',
      { schema: { allOf: [{ ...circle, additionalProperties: false }] } },
      `${inSchema}/allOf/0/additionalProperties`,
      /forbids what the others name/,
    ],
    [
      'a cookie',
      { parameters: [{ name: 'c', in: 'cookie', schema: text }] },
      `${inOperation}/parameters/0/in`,
      /no parameter in a cookie/,
    ],
    [
      'deepObject',
      { parameters: [query(object({ a: text }), { style: 'deepObject' })] },
      `${inOperation}/parameters/0/style`,
      /has to be form/,
    ],
    [
      'an object in a query',
      { parameters: [query(object({ a: text }))] },
      `${inOperation}/parameters/0/schema/type`,
      /a list of scalars/,
    ],
    [
      'a list in one value',
      { parameters: [query({ type: 'array', items: text }, { explode: false })] },
      `${inOperation}/parameters/0/explode`,
      /each item of a list apart/,
    ],
    [
      'a list in a header',
      { parameters: [{ name: 'h', in: 'header', schema: { type: 'array', items: text } }] },
      `${inOperation}/parameters/0/schema/type`,
      /has to be a scalar/,
    ],
    [
      'a header of the client',
      { parameters: [{ name: 'Authorization', in: 'header', schema: text }] },
      `${inOperation}/parameters/0/name`,
      /set by the client itself/,
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
      /what a text says/,
    ],
    [
      'a body of a reply without one',
      { operation: { responses: { '204': { description: '', ...json(text) } } } },
      `${inOperation}/responses/204/content`,
      /204 has no body/,
    ],
    ['an API key', { operation: { security: [{ key: [] }] } }, '/components/securitySchemes/key/type', /bearer token/],
    [
      'a password',
      { operation: { security: [{ basic: [] }] } },
      '/components/securitySchemes/basic/scheme',
      /nothing of basic/,
    ],
    [
      'two schemes at once',
      { operation: { security: [{ token: [], key: [] }] } },
      `${inOperation}/security`,
      /one scheme has to be enough/,
    ],
    [
      'a scheme that is not there',
      { operation: { security: [{ other: [] }] } },
      `${inOperation}/security`,
      /none of components/,
    ],
    ['HEAD', { item: { head: {} } }, '/paths/~1notes~1{id}/head', /have no body/],
    ['OPTIONS', { item: { options: {} } }, '/paths/~1notes~1{id}/options', /answer it themselves/],
    ['a server of one operation', { operation: { servers: [] } }, `${inOperation}/servers`, /first server/],
    ['callbacks', { operation: { callbacks: {} } }, `${inOperation}/callbacks`, /receives no requests/],
    ['webhooks', { root: { webhooks: {} } }, '/webhooks', /receives no requests/],
    ['half a segment', { root: { paths: { '/a-{id}': {} } } }, '/paths/~1a-{id}', /one parameter, or has none/],
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
