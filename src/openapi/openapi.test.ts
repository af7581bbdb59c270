import { describe, expect, test } from '@jest/globals';
import {
  at,
  child,
  children,
  DescriptionError,
  follow,
  isJson,
  lastStep,
  objectOf,
  operationsOf,
  parseSource,
  partAt,
  partsIn,
  readDescription,
  stepsOf,
  valueAt,
  type JsonObject,
  type Operation,
} from './index.js';

const yaml = `openapi: 3.1.0
info: { title: Library, version: '1' }
security: [{ token: [] }]
paths:
  x-about: nothing
  /shelves/{shelf}:
    parameters:
      - { name: shelf, in: path, required: true, schema: { type: string } }
      - { name: page, in: query, schema: { type: integer } }
    get:
      parameters:
        - { name: page, in: query, required: true, schema: { type: string } }
        - $ref: '#/components/parameters/Language'
      responses:
        '200': { $ref: '#/components/responses/Shelf' }
        default: { description: Refused. }
        x-more: none
    put:
      operationId: fillShelf
      security: []
      requestBody:
        required: true
        content:
          application/json:
            schema: { $ref: '#/components/schemas/Shelf' }
            example: { books: 1 }
            examples:
              full: { value: { books: 9 } }
      responses:
        '204': { description: Filled. }
components:
  securitySchemes:
    token: { type: http, scheme: bearer }
  parameters:
    Language: { name: Accept-Language, in: header, schema: { type: string } }
  responses:
    Shelf:
      description: A shelf.
      headers:
        Age: { required: true, schema: { type: integer } }
      content:
        application/json:
          schema: { $ref: '#/components/schemas/Alias' }
  schemas:
    Alias: { $ref: '#/components/schemas/Shelf' }
    Shelf: &shelf
      type: object
    Copy: *shelf
`;

const { root, place, resolve } = readDescription(yaml, 'library.yaml');

describe('a JSON pointer', () => {
  test('escapes names with slashes and tildes', () => {
    const pointer = at('/paths', '/a~b', 0);
    expect(pointer).toBe('/paths/~1a~0b/0');
    expect(stepsOf(pointer)).toEqual(['paths', '/a~b', '0']);
    expect([lastStep('/paths/~1a~0b'), lastStep('')]).toEqual(['/a~b', '']);
  });

  test('leads into objects and lists, and nowhere else', () => {
    const document = { list: [{ 'a/b': 1 }] };
    expect(valueAt(document, '')).toBe(document);
    expect(valueAt(document, '/list/0/a~1b')).toBe(1);
    expect(['/list/1', '/list/x', '/list/0/a~1b/c', '/toString'].map((place) => valueAt(document, place))).toEqual([
      ...Array.from({ length: 4 }, () => undefined),
    ]);
  });
});

describe('a node knows where it stands', () => {
  test('and so do its entries', () => {
    const node = { value: { a: [1, { b: 2 }] }, pointer: '/x' };
    expect(child(child(node, 'a'), 0)).toEqual({ value: 1, pointer: '/x/a/0' });
    expect(child(node, 'c')).toBeUndefined();
    expect(children(child(node, 'a')).map(([key, { pointer }]) => [key, pointer])).toEqual([
      ['0', '/x/a/0'],
      ['1', '/x/a/1'],
    ]);
    expect(partsIn(child(node, 'a'))).toEqual([{ value: { b: 2 }, pointer: '/x/a/1' }]);
    expect([partAt(node, 'a', '1')?.pointer, partAt(node, 'a')]).toEqual(['/x/a/1', undefined]);
  });
});

describe('a reference', () => {
  const document = (schema: unknown): JsonObject => ({ 'a b': schema, target: { type: 'string' } });
  const referring = ($ref: string) => ({ value: { $ref }, pointer: '/here' });

  test('stands for what it leads to, over any number of references', () => {
    const target = { value: { type: 'string' }, pointer: '/target' };
    expect(follow(document({ $ref: '#/target' }), referring('#/a%20b'))).toEqual(target);
    expect(follow(document({ $ref: '#/target' }), referring('#/a b'))).toEqual(target);
    expect(follow(document(true), referring('#/a b'))).toEqual({ value: {}, pointer: '/a b' });
  });

  test.each([
    ['#/nowhere', '#/here: $ref #/nowhere leads nowhere.'],
    ['other.yaml#/a', '#/here: $ref other.yaml#/a leads out of the file; bundle the description first.'],
    ['#/a b', '#/here: $ref #/a b leads back to itself.'],
  ])('to %s is an error that names the place', (reference, message) => {
    expect(() => follow(document({ $ref: '#/a b' }), referring(reference))).toThrow(message);
  });
});

describe('the operations of a description', () => {
  const [get, put, ...others] = operationsOf(root.value);
  const parameters = ({ parameters: all }: Operation): unknown[] =>
    all.map(({ name, in: where, required, pointer }) => [name, where, required, pointer]);

  test('are those of its paths, in the order of OpenAPI, without extensions', () => {
    expect([get, put].map((operation) => [operation?.operationId, operation?.method, operation?.path])).toEqual([
      ['get /shelves/{shelf}', 'get', '/shelves/{shelf}'],
      ['fillShelf', 'put', '/shelves/{shelf}'],
    ]);
    expect(others).toEqual([]);
  });

  test('have the parameters of their path, but for those that they state themselves', () => {
    const path = '/paths/~1shelves~1{shelf}';
    expect(get && parameters(get)).toEqual([
      ['shelf', 'path', true, `${path}/parameters/0`],
      ['page', 'query', true, `${path}/get/parameters/0`],
      ['Accept-Language', 'header', false, '/components/parameters/Language'],
    ]);
    expect(put && parameters(put)).toEqual([
      ['shelf', 'path', true, `${path}/parameters/0`],
      ['page', 'query', false, `${path}/parameters/1`],
    ]);
  });

  test('have replies with headers and schemas, each where it is written', () => {
    expect(get?.replies.map(({ status, pointer }) => [status, pointer])).toEqual([
      ['200', '/components/responses/Shelf'],
      ['default', '/paths/~1shelves~1{shelf}/get/responses/default'],
    ]);
    const [reply] = get?.replies ?? [];
    expect(reply?.headers).toMatchObject([{ name: 'Age', required: true, schema: { value: { type: 'integer' } } }]);
    expect(reply?.contents).toMatchObject([
      { mediaType: 'application/json', schema: { pointer: '/components/schemas/Shelf' }, examples: [] },
    ]);
  });

  test('have a body with its examples, or none', () => {
    const content = '/paths/~1shelves~1{shelf}/put/requestBody/content/application~1json';
    expect(get?.body).toBeUndefined();
    expect(put?.body).toMatchObject({ required: true, contents: [{ pointer: content }] });
    expect(put?.body?.contents[0]?.examples).toEqual([
      { name: 'example', value: { books: 1 }, pointer: `${content}/example` },
      { name: 'full', value: { books: 9 }, pointer: `${content}/examples/full` },
    ]);
  });

  test('need what the description does, unless they say otherwise', () => {
    expect(get?.security).toEqual([
      [{ value: { type: 'http', scheme: 'bearer' }, pointer: '/components/securitySchemes/token' }],
    ]);
    expect(get?.securityPointer).toBe('/security');
    expect([put?.security, put?.securityPointer]).toEqual([[], '/paths/~1shelves~1{shelf}/put/security']);
  });

  test.each<[string, unknown, string]>([
    ['a path', 'text', '#/paths/~1a: is not a map, as OpenAPI wants it here.'],
    ['an operation', { get: [] }, '#/paths/~1a/get: is not a map, as OpenAPI wants it here.'],
    ['a parameter', { parameters: [{ in: 'query' }], get: {} }, '#/paths/~1a/parameters/0: is no parameter'],
  ])('cannot be read when %s is none', (_, item, message) => {
    expect(() => operationsOf({ paths: { '/a': item } })).toThrow(message);
  });
});

test.each([
  ['application/json', true],
  ['application/problem+json; charset=utf-8', true],
  ['application/jsonl', false],
  ['text/json', false],
])('%s is JSON: %s', (mediaType, expected) => {
  expect(isJson(mediaType)).toBe(expected);
});

describe('a description is read from YAML or JSON', () => {
  test('with the line of each place, or of the nearest place around it', () => {
    const lines = ['/openapi', '/components/schemas/Alias', '/components/schemas/Alias/title', '/nowhere'];
    expect(lines.map((pointer) => place({ pointer }).line)).toEqual([1, 45, 45, 1]);
    expect(place({ pointer: '/info' })).toEqual({ file: 'library.yaml', line: 2, pointer: '/info' });
    expect(resolve({ value: { $ref: '#/info' }, pointer: '' }).pointer).toBe('/info');

    const json = JSON.stringify(objectOf(root.value), null, 2);
    expect(readDescription(json, 'library.json').place({ pointer: '/info/title' }).line).toBe(4);
  });

  test('what is behind an alias stands at its anchor', () => {
    expect(place({ pointer: '/components/schemas/Copy/type' }).line).toBe(47);
  });

  test('a place that is not written out has no line of its own', () => {
    const source = parseSource('a:\n  - b: 1\n');
    expect(source.ownLineAt('/a/0/b')).toBe(2);
    expect(source.ownLineAt('/a/1')).toBeUndefined();
  });

  test('what is wrong with it is an error with file and line', () => {
    const broken = yaml.replace("'#/components/schemas/Alias'", "'#/components/schemas/Gone'");
    expect(() => readDescription(broken, 'library.yaml')).toThrow(
      new DescriptionError('library.yaml:43: $ref #/components/schemas/Gone leads nowhere.'),
    );
    expect(() => readDescription(yaml.replace('3.1.0', '4.0.0'), 'library.yaml')).toThrow(
      new DescriptionError('library.yaml:1: OpenAPI 4.0.0 cannot be read, only 3.0 and 3.1.'),
    );
  });

  test('a name, an example and an extension may look like a reference', () => {
    const odd = yaml.replace(
      'type: object\n',
      'type: object\n      properties: { $ref: { type: string } }\n      x-note: { $ref: none }\n      example: { $ref: none }\n',
    );
    expect(() => readDescription(odd, 'library.yaml')).not.toThrow();
  });
});
