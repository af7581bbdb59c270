import {
  createAssociationsClient,
  isAssociationsError,
  type AssociationInput,
  type AssociationsClient,
  type ClientOptions,
  type Outcome,
} from 'hubspot-associations';
import { createClient, type Client } from 'hubspot-associations/client';
import type { BatchInputPublicAssociationMultiPost, StandardError } from 'hubspot-associations/schema';
import { createSimulator, serve } from 'hubspot-associations/simulator';

// Code of a consumer of the last release. It must compile with the types of that release and with today's, including
// where a type of the schema is passed to the client.

const options: ClientOptions = {
  accessToken: ({ rejected }) => (rejected === undefined ? 'first' : 'second'),
  allowance: { requests: 190, perMs: 10_000 },
  fetch: createSimulator({ records: { contacts: ['1'], companies: 5 } }).fetch,
  maxAttempts: 3,
};
export const client: AssociationsClient = createAssociationsClient(options);
export const single: Client = createClient({ accessToken: 'any', allowance: false });
export const server = serve(createSimulator());

const types = { fromObjectType: 'contacts', toObjectType: 'companies' };

export async function associate({ inputs }: BatchInputPublicAssociationMultiPost): Promise<readonly StandardError[]> {
  const reply = await client.batchCreate({ ...types, inputs }, { signal: AbortSignal.timeout(1_000) });
  const first: string | undefined = reply.data.results[0]?.fromObjectId;
  if (first === undefined) return [];
  return reply.status === 207 ? reply.data.errors : [];
}

export async function call(body: BatchInputPublicAssociationMultiPost): Promise<string | undefined> {
  const { data, error, response } = await single.operations.batchCreateAssociations({ params: { path: types }, body });
  return data?.results[0]?.toObjectId ?? (error === undefined ? response.statusText : 'refused');
}

export async function associateAll(inputs: AsyncIterable<AssociationInput>): Promise<number> {
  const run = client.createAll({ ...types, inputs });
  for await (const batch of run) for (const outcome of batch.outcomes) console.log(outcome.index, reasonOf(outcome));
  const { created, failed, invalid, unconfirmed, unsent } = await run.summary;
  return created + failed + invalid + unconfirmed + unsent;
}

function reasonOf(outcome: Outcome): string {
  switch (outcome.kind) {
    case 'created':
      return outcome.input.from.id;
    case 'failed':
      return String(outcome.error.status);
    case 'invalid':
      return outcome.error.pointer;
    case 'unconfirmed':
      return outcome.error.code;
    case 'unsent':
      return outcome.error.reason;
  }
}

export function statusOf(error: unknown): number | undefined {
  return isAssociationsError(error) && error.code === 'API' ? error.status : undefined;
}
