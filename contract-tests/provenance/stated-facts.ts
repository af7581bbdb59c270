import { at, isJsonObject, listOf, objectOf, without, type JsonObject } from '../../src/openapi/index.js';
import { factsIn, type Fact } from './fact.js';

/** What `provenance.yaml` states, fact by fact, as `factsOfCapture` finds them. */
export function statedFacts(provenance: JsonObject): Fact[] {
  return entriesOf(provenance).flatMap(({ place, pointer, entry }) => {
    const { says, ...others } = withoutOrigin(entry);
    const value = says === undefined ? others : says;
    const [name = ''] = place.slice(-1);
    if (isJsonObject(value) && Object.keys(value).length > 0) return factsIn(value, place, pointer);
    return factsIn({ [name]: value }, place.slice(0, -1), pointer);
  });
}

/** What is wrong with the file itself: an entry that does not say where its facts stand, a place that it does not describe. */
export function withoutSource(provenance: JsonObject): string[] {
  const places = Object.keys(objectOf(provenance['places']));
  return entriesOf(provenance).flatMap(({ place, entry }) => {
    const named = place.join('.');
    const { place: onPage, source, reason } = entry;
    if (onPage === undefined && source === undefined && reason === undefined) {
      return [`openapi/provenance.yaml, ${named}: say where it stands: a place of the page, a source or a reason.`];
    }
    if (onPage !== undefined && !places.some((known) => known === onPage)) {
      return [
        `openapi/provenance.yaml, ${named}: ${JSON.stringify(onPage)} is none of the places that the file describes.`,
      ];
    }
    return [];
  });
}

/** An entry names its origin: a place of the page, a source elsewhere, or the reason of a decision of our own. */
function withoutOrigin(entry: JsonObject): JsonObject {
  return ['place', 'source', 'reason'].reduce(without, entry);
}

interface Entry {
  readonly place: readonly string[];
  readonly pointer: string;
  readonly entry: JsonObject;
}

function entriesOf(provenance: JsonObject): Entry[] {
  const below = (place: readonly string[], entries: unknown): Entry[] =>
    Object.entries(objectOf(entries)).map(([name, entry]) => ({
      place: [...place, name],
      pointer: at('', ...place, name),
      entry: objectOf(entry),
    }));
  const operations = below(['operations'], provenance['operations']).flatMap(({ place, pointer, entry }) => [
    ...['facts', 'parameters', 'responses'].flatMap((group) => below([...place, group], entry[group])),
    ...listOf(entry['requestBody'] === undefined ? [] : [entry['requestBody']]).map((body) => ({
      place: [...place, 'requestBody'],
      pointer: at(pointer, 'requestBody'),
      entry: objectOf(body),
    })),
  ]);
  const schemas = below(['schemas'], provenance['schemas']).flatMap(({ place, entry }) => below(place, entry));
  return [...below(['api'], provenance['api']), ...operations, ...schemas];
}
