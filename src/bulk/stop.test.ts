import { describe, expect, test } from '@jest/globals';
import type { AssociationInput } from '../client/validate.js';
import { createSimulator } from '../simulator/create-simulator.js';
import { answering, clientOf, input, kindsOf, numbered, outcomesOf, types } from '../test-support.js';

const refuse = (status: number) => (): Response => Response.json({ message: 'no' }, { status });

describe('a request that fails', () => {
  test('with 422 fails its inputs, and the run continues', async () => {
    const server = answering(undefined, refuse(422), undefined);
    const run = clientOf(server.fetch, { concurrency: 1 }).createAll({ ...types, inputs: numbered(6), batchSize: 2 });
    expect(await kindsOf(run)).toEqual([...['created', 'created', 'failed', 'failed', 'created', 'created']]);
    expect(await run.summary).toMatchObject({ created: 4, failed: 2, requests: 3, stopped: undefined });
  });

  test.each([401, 403, 429, 477])('with %d stops the run, and its inputs are unsent', async (status) => {
    const server = answering(undefined, refuse(status));
    const run = clientOf(server.fetch, { concurrency: 1 }).createAll({ ...types, inputs: numbered(10), batchSize: 2 });
    const outcomes = await outcomesOf(run);
    expect(outcomes.map(({ kind }) => kind)).toEqual(['created', 'created', 'unsent', 'unsent']);
    const { stopped } = await run.summary;
    expect(stopped).toMatchObject({ code: 'STOPPED', reason: 'refused', cause: { status } });
    expect(outcomes[2]?.error).toBe(stopped);
    expect(server.requests).toBe(2);
  });

  test('with 500 leaves its inputs unconfirmed, and the run continues', async () => {
    const server = answering(refuse(500), undefined);
    const run = clientOf(server.fetch, { concurrency: 1 }).createAll({ ...types, inputs: numbered(4), batchSize: 2 });
    expect(await kindsOf(run)).toEqual(['unconfirmed', 'unconfirmed', 'created', 'created']);
  });

  test('and stops the run also stops requests that wait for their turn', async () => {
    const server = answering(refuse(403));
    const options = { concurrency: 20, allowance: { requests: 1, perMs: 60_000 } };
    const run = clientOf(server.fetch, options).createAll({ ...types, inputs: numbered(40), batchSize: 2 });
    const { inputs, unsent, requests, stopped } = await run.summary;
    expect({ unsent, requests, stopped }).toMatchObject({
      unsent: inputs,
      requests: 1,
      stopped: { reason: 'refused' },
    });
  });

  test('three times in a row without a reply stops the run', async () => {
    const server = answering(refuse(502));
    const run = clientOf(server.fetch, { concurrency: 1 }).createAll({ ...types, inputs: numbered(100), batchSize: 2 });
    expect(await run.summary).toMatchObject({ inputs: 6, unconfirmed: 6, stopped: { reason: 'unreachable' } });
    expect(server.requests).toBe(3);
  });
});

describe('a run that ends early', () => {
  test('by its signal: inputs in progress are unconfirmed', async () => {
    const controller = new AbortController();
    const hang = (): Promise<Response> => {
      controller.abort(new Error('enough'));
      return new Promise(() => undefined);
    };
    const client = clientOf(answering(undefined, hang).fetch, { concurrency: 1 });
    const run = client.createAll({ ...types, inputs: numbered(10), batchSize: 2, signal: controller.signal });
    expect(await kindsOf(run)).toEqual(['created', 'created', 'unconfirmed', 'unconfirmed']);
    expect(await run.summary).toMatchObject({ stopped: { reason: 'aborted' } });
  });

  test('by its signal, while its source yields nothing', async () => {
    const controller = new AbortController();
    async function* stuck(): AsyncGenerator<AssociationInput> {
      yield input('1');
      controller.abort();
      await new Promise(() => undefined);
    }
    const run = clientOf(createSimulator().fetch).createAll({ ...types, inputs: stuck(), signal: controller.signal });
    expect(await kindsOf(run)).toEqual(['unsent']);
    expect(await run.summary).toMatchObject({ inputs: 1, unsent: 1, requests: 0, stopped: { reason: 'aborted' } });
  });

  test('by a signal that was aborted before it began: nothing is read', async () => {
    const run = clientOf(createSimulator().fetch).createAll({
      ...types,
      inputs: numbered(5),
      signal: AbortSignal.abort(),
    });
    expect(await run.summary).toMatchObject({ inputs: 0, requests: 0, stopped: { reason: 'aborted' } });
  });

  test('by a source that fails: earlier inputs have their outcome', async () => {
    function* failing(): Generator<AssociationInput> {
      yield* numbered(3);
      throw new Error('the file is gone');
    }
    const run = clientOf(createSimulator().fetch, { concurrency: 1 }).createAll({
      ...types,
      inputs: failing(),
      batchSize: 2,
    });
    expect(await kindsOf(run)).toEqual(['created', 'created', 'unsent']);
    const { stopped } = await run.summary;
    expect(stopped).toMatchObject({ reason: 'source', message: expect.stringContaining('the file is gone') });
  });

  test('by a consumer that stops reading: the source is closed, and every input that was read is counted', async () => {
    let closed = false;
    function* source(): Generator<AssociationInput> {
      try {
        yield* numbered(1_000);
      } finally {
        closed = true;
      }
    }
    const run = clientOf(createSimulator().fetch).createAll({ ...types, inputs: source(), batchSize: 10 });
    for await (const batch of run) {
      expect(batch.outcomes).toHaveLength(10);
      break;
    }
    const { inputs, created, unsent, stopped } = await run.summary;
    expect(created + unsent).toBe(inputs);
    expect(stopped).toMatchObject({ reason: 'abandoned' });
    expect(closed).toBe(true);
  });
});
