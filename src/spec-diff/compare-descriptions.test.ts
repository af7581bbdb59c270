import { describe, expect, test } from '@jest/globals';
import { compareDescriptions } from './compare-descriptions.js';
import { readDescription } from '../openapi/index.js';
import { findings, lines, sketch, type Json } from './test-support.js';

const yaml = `openapi: 3.0.3
info: { title: Library, version: '1' }
paths:
  /books:
    get:
      responses:
        200:
          description: Books.
          content:
            application/json:
              schema:
                type: array
                items: { $ref: '#/components/schemas/Book' }
components:
  schemas:
    Book:
      type: object
      properties:
        title: { type: string }
`;

describe('a description that cannot be compared throws an error with file and line', () => {
  test.each<[string, string, string, RegExp]>([
    ['empty', 'a.yaml', '', /^a\.yaml:1: is not an OpenAPI description/],
    ['an HTML page', 'a.html', '<html><body>Not found</body></html>', /^a\.html:1: /],
    ['other JSON', 'a.json', '{"name": "x"}', /^a\.json:1: is not an OpenAPI description: it has no version/],
    ['truncated JSON', 'a.json', '{\n  "openapi": "3.0.3",\n  "paths": {', /^a\.json:3: /],
    ['JSON with a trailing comma', 'a.json', '{\n  "openapi": "3.0.3",\n}', /^a\.json:3: /],
    ['badly indented YAML', 'a.yaml', 'openapi: 3.0.3\npaths:\n  /a:\n get: {}', /^a\.yaml:[34]: /],
    ['a duplicate key', 'a.yaml', 'openapi: 3.0.3\npaths: {}\npaths: {}', /^a\.yaml:3: /],
    ['Swagger 2', 'a.yaml', "swagger: '2.0'\npaths: {}", /^a\.yaml:1: is Swagger 2/],
    ['a future OpenAPI version', 'a.yaml', 'info: {}\nopenapi: 4.0.0\npaths: {}', /^a\.yaml:2: OpenAPI 4\.0\.0/],
    ['no paths', 'a.yaml', 'openapi: 3.1.0\ninfo: {}', /^a\.yaml:1: .*"paths" is missing/],
    ['no operations', 'a.yaml', 'openapi: 3.1.0\npaths: {}', /^a\.yaml:2: has no operations/],
    [
      'an operation without responses',
      'a.yaml',
      'openapi: 3.1.0\npaths:\n  /a:\n    get: {}',
      /^a\.yaml:4: .*responses/,
    ],
    [
      'a reference without a target',
      'a.yaml',
      yaml.replace('    Book:', '    Novel:'),
      /^a\.yaml:13: \$ref .*Book has no target/,
    ],
    [
      'a reference to another file',
      'a.yaml',
      yaml.replace("'#/", "'b.yaml#/"),
      /^a\.yaml:13: \$ref .* points to another file/,
    ],
    [
      'a circular reference',
      'a.yaml',
      `${yaml}    Loop: { $ref: '#/components/schemas/Loop' }\n`,
      /^a\.yaml:20: .* is circular/,
    ],
    [
      'an alias of its own ancestor',
      'a.yaml',
      yaml.replace('components:', 'components: &a\n  responses: *a'),
      /^a\.yaml:\d+: /,
    ],
    ['an invalid schema', 'a.yaml', yaml.replace('{ type: string }', 'string'), /^a\.yaml:19: is not a schema/],
  ])('%s', (_, name, text, message) => {
    expect(() => compareDescriptions(text, name, text, name)).toThrow(message);
  });
});

test('findings have line numbers in YAML and in JSON', () => {
  const json = JSON.stringify(readDescription(yaml, 'a.yaml').root.value, null, 2);
  const [finding] = compareDescriptions(yaml, 'a.yaml', json.replace('"title": {', '"name": {'), 'b.json');

  expect(finding).toMatchObject({
    ruleId: 'member-removed',
    pointer: 'responses/200 [].title',
    oldPlace: { file: 'a.yaml', line: 19, pointer: '/components/schemas/Book/properties/title' },
    newPlace: { file: 'b.json', line: 30, pointer: '/components/schemas/Book' },
  });
});

test('a place behind a YAML alias has the line of its anchor', () => {
  const aliased = yaml.replace('    Book:\n', '    Novel: &book\n').concat('    Book: *book\n');
  const [finding] = compareDescriptions(aliased, 'a.yaml', aliased.replace('title: {', 'name: {'), 'b.yaml');

  expect(finding?.oldPlace).toMatchObject({ line: 19 });
});

test('mutually recursive schemas are each compared once', () => {
  const names = Array.from({ length: 40 }, (_, index) => `Shelf${String(index)}`);
  const describeBooks = (label: Json): Json => {
    const properties = Object.fromEntries(names.map((name) => [name, { $ref: `#/components/schemas/${name}` }]));
    const schemas = Object.fromEntries(names.map((name) => [name, { type: 'object', properties }]));
    const last = { type: 'object', properties: { ...properties, label } };
    const root = { $ref: '#/components/schemas/Shelf0' };
    return sketch({ request: root, reply: root, components: { schemas: { ...schemas, Shelf39: last } } });
  };

  expect(lines(findings(describeBooks({ type: 'string' }), describeBooks({ type: 'integer' })))).toEqual([
    'breaking request type-changed requestBody Shelf39.label',
    'breaking reply type-changed responses/200 Shelf39.label',
  ]);
});

test('a change of a component that is used in several places is one finding', () => {
  const describeBooks = (label: Json): Json =>
    sketch({
      reply: {
        type: 'object',
        properties: { to: { $ref: '#/components/schemas/End' }, from: { $ref: '#/components/schemas/End' } },
      },
      components: { schemas: { End: { type: 'object', properties: { label } } } },
    });
  const found = findings(describeBooks({ type: 'string' }), describeBooks({ type: 'string', nullable: true }));

  expect(found).toMatchObject([{ pointer: 'responses/200 to.label', alsoAt: ['responses/200 from.label'] }]);
});
