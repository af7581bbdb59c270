import type { Capture } from '../compare/capture.js';
import type { Edit } from '../compare/difference.js';
import type { Documents } from './documents.js';

const facts: Readonly<Partial<Record<Edit['kind'], string>>> = {
  path: 'path',
  method: 'method',
  'media-type': 'mediaType',
};

/** Records in provenance.yaml that the edited facts come from another source than the page. */
export function recordPlace(
  { provenance }: Documents,
  { operationId, parameters }: Capture,
  edits: readonly Edit[],
  place: string,
): void {
  const operation = ['operations', operationId];
  const setPlace = (at: readonly string[]): void => {
    if (provenance.hasIn(at)) provenance.setIn([...at, 'place'], place);
  };
  for (const edit of edits) {
    const fact = facts[edit.kind];
    if (fact !== undefined) setPlace([...operation, 'facts', fact]);
    if (edit.kind === 'status') setPlace([...operation, 'responses', edit.to]);
    if (edit.kind === 'parameter-required' || edit.kind === 'parameter-type') {
      const location = parameters.find(({ name }) => name === edit.name)?.in ?? 'path';
      setPlace([...operation, 'parameters', location, edit.name]);
    }
  }
  provenance.setIn(['places', place], 'the OpenAPI description that HubSpot publishes');
}
