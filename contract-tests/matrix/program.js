import { createAssociationsClient } from 'hubspot-associations';
import { createSimulator } from 'hubspot-associations/simulator';

/** Uses the public API: a single call, a run, an error. Returns "works", or throws. */
export async function tryPackage() {
  const types = { fromObjectType: 'contacts', toObjectType: 'companies' };
  const inputs = Array.from({ length: 2_500 }, (_, index) => ({
    from: { id: String(index + 1) },
    to: { id: '1' },
    types: [{ associationCategory: 'HUBSPOT_DEFINED', associationTypeId: 279 }],
  }));
  const simulator = createSimulator();
  const client = createAssociationsClient({ accessToken: 'matrix', fetch: simulator.fetch, allowance: false });
  const reply = await client.batchCreate({ ...types, inputs: inputs.slice(0, 3) });
  if (reply.status !== 201 || reply.data.results.length !== 3)
    throw new Error('batchCreate returned an unexpected reply.');

  const run = client.createAll({ ...types, inputs });
  let outcomes = 0;
  for await (const batch of run) outcomes += batch.outcomes.length;
  const { created } = await run.summary;
  if (outcomes !== 2_500 || created !== 2_500)
    throw new Error(`${created} of ${outcomes} inputs were created; 2,500 were expected.`);

  const error = await createAssociationsClient({ accessToken: 'matrix', baseUrl: 'http://127.0.0.1:9', maxAttempts: 1 })
    .batchCreate({ ...types, inputs: inputs.slice(0, 1) })
    .catch((caught) => caught);
  if (error.code !== 'CONNECTION') throw new Error(`Expected a ConnectionError from a closed port, got ${error}.`);
  return 'works';
}
