import { describe, expect, test } from '@jest/globals';
import { captureMutants } from './mutation/capture-edits.js';
import { factsOfCapture } from './provenance/capture-facts.js';
import { messagesFor } from './provenance/messages.js';
import { linesOf, parseOpenapi, readOpenapi, textOf } from './provenance/read-openapi.js';
import { statedFacts } from './provenance/stated-facts.js';
import { unexplained } from './provenance/unexplained.js';

// An edit of the capture yields one message: what has changed, where, and the line to write.

const file = 'openapi/associations.yaml';
const capture = textOf(file);
const stated = statedFacts(readOpenapi('provenance.yaml'));

interface Message {
  /** The line that the message names. */
  readonly line: string | undefined;
  /** The first sentence, without the file and line. */
  readonly message: string;
}

/** The messages about an edit of the capture. */
function messagesAbout(from: string, to: string): Message[] {
  const edited = capture.replace(from, () => to);
  expect(edited).not.toBe(capture);
  return textsFor(edited).map((text) => {
    const [, name = '', line, message = ''] = /^(.*?):(\d+): (.*)\.$/.exec(text.split('\n')[0] ?? '') ?? [];
    const source = name === file ? edited : textOf(name);
    return { line: source.split('\n')[Number(line) - 1]?.trim(), message: message.replaceAll(/yaml:\d+/g, 'yaml:…') };
  });
}

function textsFor(edited: string): string[] {
  const differences = unexplained(factsOfCapture(parseOpenapi(edited)), stated);
  return messagesFor(differences, linesOf({ [file]: edited })).map(({ text }) => text);
}

const firstParameter = "        - $ref: '#/components/parameters/fromObjectType'\n";
const secondParameter = "        - $ref: '#/components/parameters/toObjectType'\n";
const subCategory = 'description: The kind of error, more narrowly.\n          type: object\n';
const recordId = "description: The record's id.\n          type: string\n";
const to = "        to:\n          $ref: '#/components/schemas/PublicObjectId'\n";

// prettier-ignore
const edits: [title: string, from: string, to: string, line: string, message: string][] = [
  ['an optional token', '  - bearer: []\n', '  - bearer: []\n  - {}\n', 'security:', 'security is optional now: requests need no token'],
  ['an operation without security', '      tags: [Batch]\n', '      tags: [Batch]\n      security: []\n', 'security: []', 'batchCreateAssociations: security is empty now: requests need no token'],
  ['a second server', 'servers:\n', 'servers:\n  - url: https://eu.example\n', 'servers:', 'servers is ["https://eu.example","https://api.hubapi.com"] now; it was ["https://api.hubapi.com"]'],
  ['another version', 'version: 2025-09', 'version: 2025-10', 'version: 2025-10', 'version is "2025-10" now; it was "2025-09"'],
  ['a deprecated operation', '      tags: [Batch]\n', '      tags: [Batch]\n      deprecated: true\n', 'deprecated: true', 'batchCreateAssociations is deprecated now'],
  ['a renamed operation', 'operationId: batchCreateAssociations', 'operationId: create', 'operationId: create', 'batchCreateAssociations was renamed to create'],
  ['an inline parameter', secondParameter, `${secondParameter}        - { name: limit, in: query, schema: { type: integer, minimum: 1 } }\n`, '- { name: limit, in: query, schema: { type: integer, minimum: 1 } }', 'batchCreateAssociations: query parameter limit is new'],
  ['a parameter with the same name as another', firstParameter, `        - { name: toObjectType, in: query, description: New., schema: { type: string } }\n${firstParameter}`, '- { name: toObjectType, in: query, description: New., schema: { type: string } }', 'batchCreateAssociations: query parameter toObjectType is new'],
  ['a duplicate parameter', firstParameter, `${firstParameter}${firstParameter}`, "- $ref: '#/components/parameters/fromObjectType'", 'batchCreateAssociations: path parameter fromObjectType is defined twice, also at openapi/associations.yaml:…'],
  ['a parameter of both the path item and the operation', '    post:\n', "    parameters: [{ $ref: '#/components/parameters/toObjectType' }]\n    post:\n", "- $ref: '#/components/parameters/toObjectType'", 'batchCreateAssociations: path parameter toObjectType is defined twice, also at openapi/associations.yaml:…'],
  ['an operation with the same operationId as another', 'paths:\n', "paths:\n  /x:\n    get: { operationId: batchCreateAssociations, responses: { '201': { description: x. } } }\n", 'post:', 'batchCreateAssociations is defined twice, also at openapi/associations.yaml:…'],
  ['a renamed parameter', '      name: fromObjectType\n', '      name: fromType\n', 'name: fromType', 'batchCreateAssociations: path parameter fromObjectType was renamed to path parameter fromType'],
  ['a removed parameter', secondParameter, '', 'toObjectType:', 'batchCreateAssociations: path parameter toObjectType is gone'],
  ['a keyword beside a reference', firstParameter, `${firstParameter}          required: false\n`, 'required: false', 'batchCreateAssociations path parameter fromObjectType beside $ref: required is new: false'],
  ['a parameter that is deprecated in its schema', '      in: path\n', '      in: path\n      deprecated: true\n', 'deprecated: true', 'batchCreateAssociations path parameter fromObjectType is deprecated now'],
  ['a reply without a body', "        '423':\n", "        '204': { description: Done. }\n        '423':\n", "'204': { description: Done. }", 'batchCreateAssociations: reply 204 is new'],
  ['another status of a reply', "        '423':\n", "        '424':\n", "'424':", 'batchCreateAssociations: reply 423 was renamed to reply 424'],
  ['a second media type', '        required: true\n        content:\n', '        required: true\n        content:\n          text/plain: { schema: { type: string } }\n', 'text/plain: { schema: { type: string } }', 'batchCreateAssociations request body: media type text/plain is new'],
  ['another media type', '          application/json:\n            schema:\n              $ref', '          text/json:\n            schema:\n              $ref', 'text/json:', 'batchCreateAssociations request body: media type application/json was renamed to media type text/json'],
  ['another value in an example', "to: { id: '1439' }", "to: { id: '1440' }", "to: { id: '1440' }", 'batchCreateAssociations request body example unlabeled: inputs.0.to.id is "1440" now; it was "1439"'],
  ['a renamed example', '              unlabeled:\n', '              plain:\n', 'plain:', 'batchCreateAssociations request body: example unlabeled was renamed to example plain'],
  ['a schema at another URL with the same name', to, to.replace('#/components/schemas/', 'https://example.com/'), "$ref: 'https://example.com/PublicObjectId'", 'PublicAssociationMultiPost to: of is "https://example.com/PublicObjectId" now; it was PublicObjectId'],
  ['a schema within another', to, to.replace('schemas/', 'schemas/Error/properties/'), "$ref: '#/components/schemas/Error/properties/PublicObjectId'", 'PublicAssociationMultiPost to: of is "#/components/schemas/Error/properties/PublicObjectId" now; it was PublicObjectId'],
  ['a schema in another file', to, to.replace('#/components/schemas/', ''), "$ref: 'PublicObjectId'", 'PublicAssociationMultiPost to: of is "./PublicObjectId" now; it was PublicObjectId'],
  ['a type beside a reference', to, `${to}          type: object\n`, 'type: object', 'PublicAssociationMultiPost to: type is new: object'],
  ['a required member of an inline schema', subCategory, `${subCategory}          required: [code]\n`, 'required: [code]', 'StandardError subCategory: required is new: ["code"]'],
  ['a required member that is not documented', 'required: [category, correlationId, message]', 'required: [category, correlationId, message, zz]', 'required: [category, correlationId, message, zz]', 'Error: required is new: ["zz"]'],
  ['a member that is no longer required', 'required: [category, correlationId, message]', 'required: [category, message]', 'required: [category, message]', 'Error correlationId: required is false now; it was true'],
  ['a member behind a YAML alias', '          type: string\n          format: date-time\n        results:', '          type: string\n        results:', 'type: string', 'BatchResponseLabelsBetweenObjectPair completedAt and BatchResponseLabelsBetweenObjectPairWithErrors completedAt: type is string now; it was string<date-time>'],
  ['another format', 'format: int32', 'format: int64', 'format: int64', 'AssociationSpec associationTypeId: type is integer<int64> now; it was integer<int32>'],
  ['a list of values', recordId, `${recordId}          enum: ['1']\n`, "enum: ['1']", 'PublicObjectId id: enum is new: ["1"]'],
  ['a constraint without a notation on the page', '      description: A CRM record.\n', '      description: A CRM record.\n      minProperties: 1\n', 'minProperties: 1', 'PublicObjectId: minProperties is new: 1'],
  ['a schema that may be anything', 'description: A CRM record.\n      type: object\n', 'description: A CRM record.\n', 'PublicObjectId:', 'PublicObjectId: type is new: any'],
  ['a schema that may be null', 'description: A CRM record.\n      type: object\n', "description: A CRM record.\n      type: [object, 'null']\n", "type: [object, 'null']", 'PublicObjectId: type is new: ["object","null"]'],
  ['a constraint of the items of a list', '          items:\n            type: string\n', '          items:\n            type: string\n            minLength: 1\n', 'minLength: 1', 'LabelsBetweenObjectPair labels items: minLength is new: 1'],
  ['an extension of the components', 'components:\n', 'components:\n  x-a: 1\n', 'x-a: 1', 'components: x-a is new'],
  ['a component that only refers to itself', '\n  headers:\n', "\n  headers:\n    Own: { schema: { type: string }, x-self: { $ref: '#/components/headers/Own' } }\n", "Own: { schema: { type: string }, x-self: { $ref: '#/components/headers/Own' } }", 'components: headers.Own is not used'],
  ['a schema without facts', '  schemas:\n', '  schemas:\n    Empty: { description: Nothing. }\n', 'Empty: { description: Nothing. }', 'Empty is new'],
  ['a keyword in both the root and info', 'security:\n', 'version: 2025-09\nsecurity:\n', 'version: 2025-09', 'version is defined twice, also at openapi/associations.yaml:…'],
];

describe('an edit of the capture yields one message, with the changed line', () => {
  test.each(edits)('%s', (_, from, replacement, line, message) => {
    expect(messagesAbout(from, replacement)).toEqual([{ line, message }]);
  });
});

describe('an edit of the capture', () => {
  test('is noticed, in a sample of all possible edits', () => {
    const mutants = captureMutants(parseOpenapi(capture)).filter((_, index) => index % 5 === 0);
    const unnoticed = mutants.filter((mutant) => unexplained(factsOfCapture(mutant.document()), stated).length === 0);
    expect(mutants.length).toBeGreaterThan(400);
    expect(unnoticed.map(({ id }) => id)).toEqual([]);
  });

  test('that uses words of the notation is not mistaken for a reference', () => {
    const found = messagesAbout(to, '        to: { type: object, of: PublicObjectId }\n').map(({ message }) => message);
    expect(found).toEqual([
      'PublicAssociationMultiPost to: of is new: PublicObjectId',
      expect.stringMatching(/of is gone/),
    ]);
  });

  test('that refers to another description does not stop the comparison', () => {
    const elsewhere = firstParameter.replace('#', 'https://example.com/spec.yaml#');
    const found = messagesAbout(firstParameter, elsewhere).map(({ message }) => message);
    expect(found).toEqual([
      expect.stringMatching(/unknown parameter https:\/\/example\.com\/spec\.yaml#.* is new/),
      'batchCreateAssociations: path parameter fromObjectType is gone',
    ]);
  });

  test.each<[title: string, from: string, to: string]>([
    ['its title', 'title: HubSpot CRM', 'title: CRM'],
    ['the summary of an example', 'summary: A contact and its company', 'summary: A person and an employer'],
    ['the description of a member', "description: The record's id.", 'description: Its id.'],
  ])('may reword %s', (_, from, replacement) => {
    expect(messagesAbout(from, replacement)).toEqual([]);
  });

  test('yields the line to write', () => {
    const [scalar] = textsFor(capture.replace("description: The record's id.\n", 'minLength: 1\n'));
    expect(scalar).toMatch(
      /write this line in schemas\.PublicObjectId\.id of openapi\/provenance\.yaml, with its origin .*:\n {2}minLength: 1$/,
    );
    const [entry] = textsFor(capture.replace('  - bearer: []\n', '  - bearer: []\n  - {}\n'));
    expect(entry).toMatch(
      /write this line in api of openapi\/provenance\.yaml:\n {2}security: \{ says: \[\{"bearer":\[\]\},\{\}\], place: … \}$/,
    );
    const parameter = '        - { name: limit, in: query, schema: { type: integer, minimum: 1 } }\n';
    const [several] = textsFor(capture.replace(secondParameter, `${secondParameter}${parameter}`));
    expect(several).toMatch(/parameters\.query of .*:\n {2}limit:\n {4}type: integer\n {4}minimum: 1$/);
  });
});
