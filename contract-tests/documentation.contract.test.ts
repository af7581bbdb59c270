import { describe, expect, test } from '@jest/globals';
import { factsOfCapture } from './provenance/capture-facts.js';
import { messagesFor } from './provenance/messages.js';
import { unstatedFigures } from './provenance/overlay-figures.js';
import { linesOf, openapiFiles, parseOpenapi, readOpenapi, textOf } from './provenance/read-openapi.js';
import { statedFacts, withoutSource } from './provenance/stated-facts.js';
import { unexplained } from './provenance/unexplained.js';
import { listOf, objectOf } from '../src/openapi/index.js';

// Compares the capture with provenance.yaml, which records the page in its own notation. To change one, check the
// page and change the other.

const capture = readOpenapi('associations.yaml');
const provenance = readOpenapi('provenance.yaml');
const stated = statedFacts(provenance);
const overlays = openapiFiles().filter((file) => file.endsWith('.overlay.yaml'));

const messages = messagesFor(unexplained(factsOfCapture(capture), stated), linesOf());
const places = [...factsOfCapture(capture), ...stated, ...messages].map(({ place }) => place.slice(0, 2).join(' '));
const groups = [...new Set(places)].map((group) => ({ group }));

/** The figures of an overlay that differ from its evidence, each with its line. */
function figureProblems(file: string, text = textOf(`openapi/${file}`)): string[] {
  const name = `openapi/${file}`;
  const lineOf = linesOf({ [name]: text });
  return unstatedFigures(parseOpenapi(text)).map(
    (problem) => `${name}:${String(lineOf({ file: name, pointer: problem.pointer }))}: ${problem.text}`,
  );
}

describe('the capture matches the page', () => {
  test.each(groups)('about $group', ({ group }) => {
    const texts = messages.filter(({ place }) => place.slice(0, 2).join(' ') === group).map(({ text }) => text);
    if (texts.length > 0) throw new Error(texts.join('\n\n'));
  });

  test('provenance has a source for each fact', () => {
    expect(withoutSource(provenance)).toEqual([]);
    expect(withoutSource({ places: {}, api: { tags: { says: [] }, servers: { says: [], place: 'nowhere' } } })).toEqual(
      [
        expect.stringMatching(/api\.tags: add its origin/),
        expect.stringMatching(/api\.servers: "nowhere" is not defined in places/),
      ],
    );
  });

  test('every contradiction in the page concerns a member of the capture', () => {
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

  test.each(overlays)('the evidence of %s states its figures', (file) => {
    expect(figureProblems(file)).toEqual([]);
  });

  test.each([
    ['observed.overlay.yaml', 'inputs: 2000', 'inputs: 1000', 'x-hubspot-limits.inputs is 1000 now; it was 2000.'],
    ['observed.overlay.yaml', "      '477':", "      '478':", ': 477 is 478 now.'],
    [
      'hubspot.overlay.yaml',
      'requests: 100,',
      'requests: 120,',
      'x-hubspot-allowances.0.requests is 120 now; it was 100.',
    ],
    ['observed.overlay.yaml', 'inputs: 2000', 'inputs: 2000\n        pairs: 10', 'x-hubspot-limits.pairs is new: 10.'],
  ])('a changed figure in %s is one problem: %s becomes %s', (file, from, to, message) => {
    const overlay = textOf(`openapi/${file}`);
    const edited = overlay.replace(from, to);
    expect(edited).not.toBe(overlay);
    const [problem, ...others] = figureProblems(file, edited);
    const line = edited.slice(0, overlay.indexOf(from)).split('\n').length;
    expect(others).toEqual([]);
    expect(problem).toContain(message);
    if (to !== '') expect(problem).toMatch(new RegExp(`^openapi/${file}:(${String(line)}|${String(line + 1)}): `));
  });
});
