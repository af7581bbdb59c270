import { describe, expect, test } from '@jest/globals';
import type { AssociationInput } from '../client/validate.js';
import { clientOf, input, numbered, outcomesOf, types } from '../test-support.js';
import { isolationRequests } from './isolate.js';

/** A server that refuses a whole request if it names any of these contacts, and confirms every other request. */
function refusing(
  bad: (id: string) => boolean,
  status = 400,
): { fetch: (request: Request) => Promise<Response>; readonly requests: number } {
  let requests = 0;
  return {
    fetch: async (request) => {
      requests += 1;
      const { inputs } = (await request.json()) as { inputs: AssociationInput[] };
      const found = inputs.find(({ from }) => bad(from.id));
      if (found !== undefined) {
        return Response.json({ category: 'VALIDATION_ERROR', message: `${found.from.id} is bad` }, { status });
      }
      const results = inputs.map(({ from, to }) => ({ fromObjectTypeId: '0-1', fromObjectId: from.id, toObjectTypeId: '0-2', toObjectId: to.id, labels: [] })); // prettier-ignore
      return Response.json({ status: 'COMPLETE', results, startedAt: '2026-01-01T00:00:00Z', completedAt: '2026-01-01T00:00:00Z' }, { status: 201 }); // prettier-ignore
    },
    get requests() {
      return requests;
    },
  };
}

describe('a batch that is refused as a whole', () => {
  test.each([400, 404, 413])('with %d is halved until the bad inputs are alone', async (status) => {
    const server = refusing((id) => id === '3' || id === '700', status);
    const outcomes = await outcomesOf(clientOf(server.fetch).createAll({ ...types, inputs: numbered(1_000) }));
    const failed = outcomes.filter(({ kind }) => kind === 'failed');
    expect(failed.map(({ index }) => index)).toEqual([2, 699]);
    expect(failed.map(({ error }) => error?.message)).toEqual([
      expect.stringContaining('3 is bad'),
      expect.stringContaining('700 is bad'),
    ]);
    expect(outcomes.filter(({ kind }) => kind === 'created')).toHaveLength(998);
  });

  test.each([1, 5, 20])(
    'for %d of 2,000 inputs takes at most 2 k log₂(2,000 / k) + 2 k further requests',
    async (count) => {
      const every = 2_000 / count;
      const server = refusing((id) => Number(id) % every === 1);
      const outcomes = await outcomesOf(clientOf(server.fetch).createAll({ ...types, inputs: numbered(2_000) }));
      expect(outcomes.filter(({ kind }) => kind === 'failed')).toHaveLength(count);
      expect(server.requests - 1).toBeLessThanOrEqual(2 * count * (Math.ceil(Math.log2(2_000 / count)) + 1));
    },
  );

  test('for more inputs than the budget allows reports the rest together', async () => {
    const server = refusing((id) => Number(id) % 7 === 0 && Number(id) > 500);
    const outcomes = await outcomesOf(clientOf(server.fetch).createAll({ ...types, inputs: numbered(2_000) }));
    expect(server.requests - 1).toBe(isolationRequests);
    const together = outcomes.filter(({ error }) => error?.message.includes('refused together') === true);
    expect(together.length).toBeGreaterThan(0);
    expect(outcomes.filter(({ kind }) => kind !== 'created' && kind !== 'failed')).toEqual([]);
  });

  test('counts every request, in its batch and in the summary', async () => {
    const server = refusing((id) => id === '3' || id === '70');
    const run = clientOf(server.fetch).createAll({ ...types, inputs: numbered(300), batchSize: 100 });
    const requests = new Map<number, number>();
    for await (const batch of run) requests.set(batch.number, batch.requests);
    expect([requests.get(2), requests.get(3)]).toEqual([1, 1]);
    expect(requests.get(1)).toBe(server.requests - 2);
    expect(await run.summary).toMatchObject({ requests: server.requests, created: 298, failed: 2 });
  });

  test('for all its inputs stops the run at the third such batch, if nothing has been accepted', async () => {
    const server = refusing(() => true);
    const client = clientOf(server.fetch, { concurrency: 1 });
    const { summary } = client.createAll({ ...types, inputs: numbered(20_000), batchSize: 1_000 });
    const { created, stopped } = await summary;
    expect({ created, stopped }).toMatchObject({ created: 0, stopped: { code: 'STOPPED', reason: 'refused' } });
    expect(stopped?.message).toContain('HUBSPOT_DEFINED 279, contacts → companies');
    expect(server.requests).toBeLessThan(50);
  });

  test('for one bad input in each batch does not stop the run', async () => {
    const server = refusing((id) => Number(id) % 100 === 1);
    const client = clientOf(server.fetch, { concurrency: 1 });
    const { summary } = client.createAll({ ...types, inputs: numbered(2_000), batchSize: 100 });
    expect(await summary).toMatchObject({ created: 1_980, failed: 20, stopped: undefined });
  });

  test('for an association type of the other direction stops the run early, and names the right type', async () => {
    const server = refusing(() => true);
    const client = clientOf(server.fetch, { concurrency: 1 });
    const wrong = [{ associationCategory: 'HUBSPOT_DEFINED' as const, associationTypeId: 280 }];
    const inputs = numbered(20_000).map((one) => ({ ...one, types: wrong }));
    const { stopped, unsent } = await client.createAll({ ...types, inputs, batchSize: 1_000 }).summary;
    expect(stopped?.message).toMatch(/280 is company → contact; for contact → company HubSpot documents 279/);
    expect(server.requests).toBe(6);
    expect(unsent).toBeGreaterThan(990);
  });

  test('for one input does not stop the others', async () => {
    const server = refusing((id) => id === '5');
    const client = clientOf(server.fetch, { concurrency: 1 });
    const outcomes = await outcomesOf(client.createAll({ ...types, inputs: [input('5'), input('6')], batchSize: 1 }));
    expect(outcomes.map(({ kind }) => kind)).toEqual(['failed', 'created']);
    expect(server.requests).toBe(2);
  });
});
