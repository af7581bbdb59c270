import type { AssociationInput } from 'hubspot-associations';
import { fetchOnce } from './prism.js';

/** A `fetch` that records its requests and replies, and can ask Prism for a specific reply. */
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

/** @param prefer - The `Prefer` header, such as `code=207, example=partial`. Without it, Prism chooses the reply. */
export function recordingFetch(prefer?: string): RecordingFetch {
  const requests: RecordingFetch['requests'] = [];
  const responses: Response[] = [];
  return {
    requests,
    responses,
    fetch: async (request) => {
      const { method, headers } = request;
      requests.push({ method, url: new URL(request.url), headers, body: await request.clone().json() });
      const outgoing = new Headers(headers);
      if (prefer !== undefined) outgoing.set('Prefer', prefer);
      const response = await fetchOnce(new Request(request, { headers: outgoing }));
      responses.push(response);
      return response;
    },
  };
}

/** An input that associates a contact with a company, without a label. */
export function pair(from: string, to: string): AssociationInput {
  return {
    from: { id: from },
    to: { id: to },
    types: [{ associationCategory: 'HUBSPOT_DEFINED', associationTypeId: 279 }],
  };
}

/** Returns the reason of a rejected promise. Throws if the promise is fulfilled. */
export async function rejection(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  throw new Error('The promise was fulfilled; a rejection was expected.');
}
