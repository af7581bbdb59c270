import { at, isJsonObject, listOf, objectOf, without, type JsonObject } from '../../src/openapi/index.js';
import { factsIn, type Fact } from './fact.js';

/** The facts of `provenance.yaml`, in the form of `factsOfCapture`. */
export function statedFacts(provenance: JsonObject): Fact[] {
  return entriesOf(provenance).flatMap(({ place, pointer, entry }) => {
    const { says, ...others } = withoutOrigin(entry);
    const isEntry = says === undefined;
    const [value, from] = isEntry ? [others, pointer] : [says, at(pointer, 'says')];
    return isJsonObject(value) && Object.keys(value).length > 0
      ? factsIn(value, place, from)
      : [{ place, value, pointer: from }];
  });
}

/** Problems in the file itself: entries without an origin, and undefined places. */
export function withoutSource(provenance: JsonObject): string[] {
  const places = Object.keys(objectOf(provenance['places']));
  return entriesOf(provenance).flatMap(({ place, entry }) => {
    const named = place.join('.');
    const { place: onPage, source, reason } = entry;
    if (onPage === undefined && source === undefined && reason === undefined) {
      return [`openapi/provenance.yaml, ${named}: add its origin: a place of the page, a source or a reason.`];
    }
    if (onPage !== undefined && !places.some((known) => known === onPage)) {
      return [`openapi/provenance.yaml, ${named}: ${JSON.stringify(onPage)} is not defined in places.`];
    }
    return [];
  });
}

/** An entry without its origin: a place of the page, a source elsewhere, or the reason for our own decision. */
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
    ...['facts', 'responses'].flatMap((group) => below([...place, group], entry[group])),
    ...Object.entries(objectOf(entry['parameters'])).flatMap(([location, named]) =>
      below([...place, 'parameters', location], named),
    ),
    ...listOf(entry['requestBody'] === undefined ? [] : [entry['requestBody']]).map((body) => ({
      place: [...place, 'requestBody'],
      pointer: at(pointer, 'requestBody'),
      entry: objectOf(body),
    })),
  ]);
  const schemas = below(['schemas'], provenance['schemas']).flatMap(({ place, entry }) => below(place, entry));
  return [...below(['api'], provenance['api']), ...operations, ...schemas];
}
