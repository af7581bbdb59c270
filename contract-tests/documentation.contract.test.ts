import { describe, expect, test } from '@jest/globals';
import { captureMutants } from './mutation/capture-edits.js';
import { factsOfCapture } from './provenance/capture-facts.js';
import { openapiFiles, readOpenapi } from './provenance/read-openapi.js';
import { statedFacts, withoutSource } from './provenance/stated-facts.js';
import { unexplained } from './provenance/unexplained.js';
import { sourceLine } from './spec/lines.js';
import { listOf, objectOf, type JsonObject } from '../src/openapi/index.js';

// Compares the capture with provenance.yaml, which records the page in its own notation. A change of one requires a
// look at the page and a change of the other.

const capture = readOpenapi('associations.yaml');
const provenance = readOpenapi('provenance.yaml');
const stated = statedFacts(provenance);
const overlays = openapiFiles().filter((file) => file.endsWith('.overlay.yaml'));

const differences = unexplained(factsOfCapture(capture), stated);
const explained = [...factsOfCapture(capture), ...stated].map(({ place }) => place.slice(0, 2).join(' '));
const groups = [...new Set(explained)].map((group) => ({ group }));

function placeOf(pointer: string): string {
  const { file, line } = sourceLine(pointer);
  return `${file}:${String(line)}`;
}

/** The messages about an edited capture. */
function messagesFor(edited: JsonObject): string {
  return unexplained(factsOfCapture(edited), stated)
    .map(({ message }) => message)
    .join('\n');
}

describe('the capture says what the page says', () => {
  test.each(groups)('about $group', ({ group }) => {
    const messages = differences
      .filter(({ place }) => place.slice(0, 2).join(' ') === group)
      .map(({ pointer, message }) => `${pointer === undefined ? '' : `${placeOf(pointer)}: `}${message}`);
    if (messages.length > 0) throw new Error(messages.join('\n\n'));
  });

  test('provenance has a source for each fact', () => {
    expect(withoutSource(provenance)).toEqual([]);
    expect(withoutSource({ places: {}, api: { tags: { says: [] }, servers: { says: [], place: 'nowhere' } } })).toEqual(
      [
        expect.stringMatching(/api\.tags: say where it stands/),
        expect.stringMatching(/api\.servers: "nowhere" is none of the places/),
      ],
    );
  });

  test('every contradiction of the page concerns a member of the capture', () => {
    for (const { at } of listOf(provenance['contradictions']).map(objectOf)) {
      const [schema = '', member = ''] = String(at).split('.');
      expect(stated.map(({ place }) => place.slice(0, 3))).toContainEqual(['schemas', schema, member]);
    }
  });

  test.each(overlays)('every action of %s cites its evidence', (file) => {
    const actions = listOf(readOpenapi(file)['actions']).map(objectOf);
    const bare = actions.filter(
      ({ description, 'x-certainty': certainty, 'x-evidence': evidence }) =>
        typeof description !== 'string' ||
        !['stated', 'reported', 'sibling'].includes(String(certainty)) ||
        listOf(evidence).length === 0 ||
        listOf(evidence).some((address) => !URL.canParse(String(address))),
    );
    expect(bare.map(({ target }) => target)).toEqual([]);
  });
});

describe('an edit of the capture fails, and the message says what changed and which line to write', () => {
  const path = '/crm/associations/2025-09/{fromObjectType}/{toObjectType}/batch/create';
  const paths = objectOf(capture['paths']);
  const post = objectOf(objectOf(paths[path])['post']);
  const withOperation = (change: JsonObject): JsonObject => ({ ...capture, paths: { ...paths, [path]: { post: { ...post, ...change } } } }); // prettier-ignore
  const schemas = objectOf(objectOf(capture['components'])['schemas']);
  const withSchema = (name: string, change: JsonObject): JsonObject => ({
    ...capture,
    components: { ...objectOf(capture['components']), schemas: { ...schemas, [name]: { ...objectOf(schemas[name]), ...change } } },
  }); // prettier-ignore

  test.each<[string, JsonObject, RegExp]>([
    [
      'an optional token',
      { ...capture, security: [{ bearer: [] }, {}] },
      /^security is optional now.*\n.*into api of openapi\/provenance\.yaml:\n {2}security: \{ says: \[\{"bearer":\[\]\},\{\}\], place/,
    ],
    [
      'an operation without security',
      withOperation({ security: [] }),
      /batchCreateAssociations: security is empty now: a request needs no token/,
    ],
    [
      'a second server',
      { ...capture, servers: [...listOf(capture['servers']), { url: 'https://api-eu1.hubapi.com' }] },
      /^servers is .*hubapi\.com.*eu1.* now; it was/,
    ],
    [
      'another version',
      { ...capture, info: { ...objectOf(capture['info']), version: '2026-03' } },
      /^version is "2026-03" now; it was "2025-09"/,
    ],
    ['a deprecated operation', withOperation({ deprecated: true }), /^batchCreateAssociations is deprecated now/],
    ['another tag', withOperation({ tags: ['Other'] }), /batchCreateAssociations: tags is \["Other"\] now/],
    [
      'an inline query parameter',
      withOperation({ parameters: [...listOf(post['parameters']), { name: 'limit', in: 'query', schema: { type: 'integer', minimum: 1 } }] }), // prettier-ignore
      /parameters limit: minimum is new: 1[\s\S]*minimum: 1/,
    ],
    [
      'a reply without a body',
      withOperation({ responses: { ...objectOf(post['responses']), '204': { description: 'Done.' } } }),
      /responses: 204 is new/,
    ],
    [
      'a constraint that the page has no notation for',
      withSchema('PublicObjectId', { minProperties: 1 }),
      /PublicObjectId: minProperties is new: 1/,
    ],
    [
      'a closed schema',
      withSchema('AssociationSpec', { additionalProperties: false }),
      /AssociationSpec: additionalProperties is new: false/,
    ],
  ])('%s', (_, edited, message) => {
    expect(messagesFor(edited)).toMatch(message);
  });

  test('each of a sample of all edits', () => {
    const edits = captureMutants(capture).filter((_, index) => index % 9 === 0);
    expect(edits.length).toBeGreaterThan(200);
    expect(edits.filter((edit) => messagesFor(edit.document()) === '').map(({ id }) => id)).toEqual([]);
  });

  test('except an edit of prose', () => {
    const info = { ...objectOf(capture['info']), title: 'Other', description: 'Other.' };
    expect(messagesFor({ ...capture, info })).toBe('');
    expect(messagesFor(withSchema('PublicObjectId', { description: 'Other.' }))).toBe('');
    expect(messagesFor(withOperation({ summary: 'Other' }))).toBe('');
  });
});
