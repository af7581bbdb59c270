import type { AssociationInput } from 'hubspot-associations';
import { fetchOnce } from './prism.js';

/** A `fetch` that keeps what it sent, and asks Prism for a certain reply. */
export interface RecordingFetch {
  readonly fetch: (request: Request) => Promise<Response>;
  readonly requests: {
    readonly method: string;
    readonly url: URL;
    readonly headers: Headers;
    readonly body: unknown;
  }[];
  readonly responses: Response[];
}

/** @param prefer - The `Prefer` header, such as `code=207, example=partial`; Prism chooses without one. */
export function recordingFetch(prefer?: string): RecordingFetch {
  const requests: RecordingFetch['requests'] = [];
  const responses: Response[] = [];
  return {
    requests,
    responses,
    fetch: async (request) => {
      const { method, headers } = request;
      requests.push({ method, url: new URL(request.url), headers, body: await request.clone().json() });
      const asking = new Headers(headers);
      if (prefer !== undefined) asking.set('Prefer', prefer);
      const response = await fetchOnce(new Request(request, { headers: asking }));
      responses.push(response);
      return response;
    },
  };
}

/** Contact and company of an input, associated without a label. */
export function pair(from: string, to: string): AssociationInput {
  return {
    from: { id: from },
    to: { id: to },
    types: [{ associationCategory: 'HUBSPOT_DEFINED', associationTypeId: 279 }],
  };
}

/** What a promise rejects with; fails when it does not. */
export async function rejection(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  throw new Error('It did not reject.');
}
