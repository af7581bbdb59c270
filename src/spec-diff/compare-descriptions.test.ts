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

describe('a description that cannot be compared is an error with file and line', () => {
  test.each<[string, string, string, RegExp]>([
    ['empty', 'a.yaml', '', /^a\.yaml:1: is no OpenAPI description/],
    ['a page', 'a.html', '<html><body>Not found</body></html>', /^a\.html:1: /],
    ['some other JSON', 'a.json', '{"name": "x"}', /^a\.json:1: is no OpenAPI description: it has no version/],
    ['JSON that stops in the middle', 'a.json', '{\n  "openapi": "3.0.3",\n  "paths": {', /^a\.json:3: /],
    ['JSON with a comma too many', 'a.json', '{\n  "openapi": "3.0.3",\n}', /^a\.json:3: /],
    ['YAML that is not indented', 'a.yaml', 'openapi: 3.0.3\npaths:\n  /a:\n get: {}', /^a\.yaml:[34]: /],
    ['a key twice', 'a.yaml', 'openapi: 3.0.3\npaths: {}\npaths: {}', /^a\.yaml:3: /],
    ['Swagger 2', 'a.yaml', "swagger: '2.0'\npaths: {}", /^a\.yaml:1: is Swagger 2/],
    ['a version to come', 'a.yaml', 'info: {}\nopenapi: 4.0.0\npaths: {}', /^a\.yaml:2: OpenAPI 4\.0\.0/],
    ['without paths', 'a.yaml', 'openapi: 3.1.0\ninfo: {}', /^a\.yaml:1: .*"paths" is missing/],
    ['without operations', 'a.yaml', 'openapi: 3.1.0\npaths: {}', /^a\.yaml:2: describes no operation/],
    ['without responses', 'a.yaml', 'openapi: 3.1.0\npaths:\n  /a:\n    get: {}', /^a\.yaml:4: .*responses/],
    [
      'a reference to nothing',
      'a.yaml',
      yaml.replace('    Book:', '    Novel:'),
      /^a\.yaml:13: \$ref .*Book leads nowhere/,
    ],
    [
      'a reference to a file',
      'a.yaml',
      yaml.replace("'#/", "'b.yaml#/"),
      /^a\.yaml:13: \$ref .* leads out of the file/,
    ],
    [
      'a circle',
      'a.yaml',
      `${yaml}    Loop: { $ref: '#/components/schemas/Loop' }\n`,
      /^a\.yaml:20: .* back to itself/,
    ],
    [
      'an alias of what it is in',
      'a.yaml',
      yaml.replace('components:', 'components: &a\n  responses: *a'),
      /^a\.yaml:\d+: /,
    ],
    ['a schema that is none', 'a.yaml', yaml.replace('{ type: string }', 'string'), /^a\.yaml:19: is no schema/],
  ])('%s', (_, name, text, message) => {
    expect(() => compareDescriptions(text, name, text, name)).toThrow(message);
  });
});

test('places are the lines of YAML and of JSON', () => {
  const json = JSON.stringify(readDescription(yaml, 'a.yaml').root.value, null, 2);
  const [finding] = compareDescriptions(yaml, 'a.yaml', json.replace('"title": {', '"name": {'), 'b.json');

  expect(finding).toMatchObject({
    ruleId: 'member-removed',
    pointer: 'responses/200 [].title',
    oldPlace: { file: 'a.yaml', line: 19, pointer: '/components/schemas/Book/properties/title' },
    newPlace: { file: 'b.json', line: 30, pointer: '/components/schemas/Book' },
  });
});

test('a place behind a YAML alias is that of its anchor', () => {
  const aliased = yaml.replace('    Book:\n', '    Novel: &book\n').concat('    Book: *book\n');
  const [finding] = compareDescriptions(aliased, 'a.yaml', aliased.replace('title: {', 'name: {'), 'b.yaml');

  expect(finding?.oldPlace).toMatchObject({ line: 19 });
});

test('schemas that all contain one another are compared once each', () => {
  const names = Array.from({ length: 40 }, (_, index) => `Shelf${String(index)}`);
  const whole = (label: Json): Json => {
    const properties = Object.fromEntries(names.map((name) => [name, { $ref: `#/components/schemas/${name}` }]));
    const schemas = Object.fromEntries(names.map((name) => [name, { type: 'object', properties }]));
    const last = { type: 'object', properties: { ...properties, label } };
    const root = { $ref: '#/components/schemas/Shelf0' };
    return sketch({ request: root, reply: root, components: { schemas: { ...schemas, Shelf39: last } } });
  };

  expect(lines(findings(whole({ type: 'string' }), whole({ type: 'integer' })))).toEqual([
    'breaking request type-changed requestBody Shelf39.label',
    'breaking reply type-changed responses/200 Shelf39.label',
  ]);
});

test('one change of a component that is used at several places is one finding', () => {
  const whole = (label: Json): Json =>
    sketch({
      reply: {
        type: 'object',
        properties: { to: { $ref: '#/components/schemas/End' }, from: { $ref: '#/components/schemas/End' } },
      },
      components: { schemas: { End: { type: 'object', properties: { label } } } },
    });
  const found = findings(whole({ type: 'string' }), whole({ type: 'string', nullable: true }));

  expect(found).toMatchObject([{ pointer: 'responses/200 to.label', alsoAt: ['responses/200 from.label'] }]);
});
