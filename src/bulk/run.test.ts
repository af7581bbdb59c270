import { describe, expect, test } from '@jest/globals';
import { ConfigurationError, InputError } from '../client/errors.js';
import type { AssociationInput } from '../client/validate.js';
import { createSimulator } from '../simulator/create-simulator.js';
import { clientOf, input, numbered, outcomesOf, types } from '../test-support.js';

describe('a run gives each input exactly one outcome', () => {
  test('created, failed or invalid, with the index and the object that was given', async () => {
    const simulator = createSimulator({ records: { contacts: ['1', '2'], companies: ['1'] } });
    const invalid = { from: { id: 7 } } as unknown as AssociationInput;
    const inputs = [input('1'), input('404'), invalid, input('2')];
    const run = clientOf(simulator.fetch).createAll({ ...types, inputs });
    const outcomes = await outcomesOf(run);
    expect(outcomes.map(({ index, kind }) => [index, kind])).toEqual([
      [0, 'created'],
      [1, 'failed'],
      [2, 'invalid'],
      [3, 'created'],
    ]);
    expect(outcomes.map((outcome) => outcome.input)).toEqual(inputs);
    expect(outcomes[1]?.error).toMatchObject({ code: 'API', category: 'OBJECT_NOT_FOUND' });
    expect(outcomes[2]?.error).toBeInstanceOf(InputError);
    expect(await run.summary).toEqual({
      inputs: 4,
      created: 2,
      failed: 1,
      invalid: 1,
      unconfirmed: 0,
      unsent: 0,
      requests: 1,
      retries: 0,
      waitedMs: expect.any(Number),
      merged: 0,
      unmatchedErrors: 0,
      stopped: undefined,
    });
    expect(simulator.associations('contacts', 'companies').map(({ fromObjectId }) => fromObjectId)).toEqual(['1', '2']);
  });

  test('in requests of at most the batch size, numbered in order', async () => {
    const simulator = createSimulator();
    const run = clientOf(simulator.fetch).createAll({ ...types, inputs: numbered(25), batchSize: 10 });
    const sizes = new Map<number, number>();
    for await (const { number, outcomes } of run) sizes.set(number, outcomes.length);
    expect([...sizes].sort()).toEqual([[1, 10], [2, 10], [3, 5]]); // prettier-ignore
    expect(simulator.requests()).toBe(3);
  });

  test('from batches that are prepared up to the concurrency before they may be sent', async () => {
    const stopping = new AbortController();
    let read = 0;
    const enough = new Promise<void>((resolve) => {
      function* inputs(): Generator<AssociationInput> {
        for (const one of numbered(50)) {
          yield one;
          read += 1;
          if (read === 7) resolve();
        }
      }
      const allowance = { requests: 1, perMs: 3_600_000 };
      const options = { ...types, inputs: inputs(), batchSize: 1, signal: stopping.signal };
      const run = clientOf(createSimulator().fetch, { allowance, concurrency: 8 }).createAll(options);
      void outcomesOf(run);
    });
    await enough;
    stopping.abort();
  });

  test('if the inputs come one at a time', async () => {
    async function* slowly(): AsyncGenerator<AssociationInput> {
      for (const one of numbered(5)) {
        await Promise.resolve();
        yield one;
      }
    }
    const run = clientOf(createSimulator().fetch).createAll({ ...types, inputs: slowly(), batchSize: 2 });
    expect((await outcomesOf(run)).map(({ kind }) => kind)).toEqual(Array(5).fill('created'));
  });

  test('if there are none', async () => {
    const run = clientOf(createSimulator().fetch).createAll({ ...types, inputs: [] });
    expect(await outcomesOf(run)).toEqual([]);
    expect(await run.summary).toMatchObject({ inputs: 0, requests: 0, stopped: undefined });
  });

  test('if all of them are invalid, and then nothing is sent', async () => {
    const simulator = createSimulator();
    const inputs = Array.from({ length: 30 }, () => ({}) as AssociationInput);
    const run = clientOf(simulator.fetch).createAll({ ...types, inputs, batchSize: 10 });
    const sizes: number[] = [];
    for await (const { outcomes } of run) sizes.push(outcomes.length);
    expect(sizes).toEqual([10, 10, 10]);
    expect(await run.summary).toMatchObject({ inputs: 30, invalid: 30, requests: 0 });
    expect(simulator.requests()).toBe(0);
  });
});

describe('a run reads its inputs on demand', () => {
  test('no more than the batches in progress, while the consumer takes no outcomes', async () => {
    let read = 0;
    function* endless(): Generator<AssociationInput> {
      for (;;) {
        read += 1;
        yield input(String(read));
      }
    }
    const client = clientOf(createSimulator().fetch, { concurrency: 2 });
    const run = client.createAll({ ...types, inputs: endless(), batchSize: 10 });
    let taken = 0;
    let most = 0;
    for await (const batch of run) {
      taken += batch.outcomes.length;
      most = Math.max(most, read - taken);
      if (taken === 1_000) break;
    }
    // Two batches in progress, two finished but not taken, one being formed.
    expect(most).toBeLessThanOrEqual(50);
    expect(await run.summary).toMatchObject({ stopped: { reason: 'abandoned' } });
  });

  test('no further while its consumer is busy with a batch', async () => {
    let read = 0;
    function* endless(): Generator<AssociationInput> {
      for (;;) {
        read += 1;
        yield input(String(read));
      }
    }
    const client = clientOf(createSimulator().fetch, { concurrency: 2 });
    const iterator = client.createAll({ ...types, inputs: endless(), batchSize: 10 })[Symbol.asyncIterator]();
    await iterator.next();
    // Enough time for a run that did not wait to read thousands of inputs.
    for (let turn = 0; turn < 1_000; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    expect(read).toBeLessThanOrEqual(60);
    await iterator.return?.();
  });

  test('for as many concurrent requests as allowed, and never more', async () => {
    const simulator = createSimulator();
    let inProgress = 0;
    let most = 0;
    const fetch = async (request: Request): Promise<Response> => {
      inProgress += 1;
      most = Math.max(most, inProgress);
      await new Promise((resolve) => setImmediate(resolve));
      inProgress -= 1;
      return simulator.fetch(request);
    };
    const client = clientOf(fetch, { concurrency: 3 });
    await client.createAll({ ...types, inputs: numbered(100), batchSize: 5 }).summary;
    expect(most).toBe(3);
  });

  test('to the end if only the summary is awaited', async () => {
    const run = clientOf(createSimulator().fetch).createAll({ ...types, inputs: numbered(100), batchSize: 7 });
    expect(await run.summary).toMatchObject({ inputs: 100, created: 100 });
  });

  test('once, if the summary is read before the loop begins', async () => {
    const run = clientOf(createSimulator().fetch).createAll({ ...types, inputs: numbered(10), batchSize: 3 });
    const { summary } = run;
    expect(await outcomesOf(run)).toHaveLength(10);
    expect(await summary).toMatchObject({ inputs: 10, created: 10 });
  });
});

describe('a run that cannot start', () => {
  test.each([0, 2_001, 1.5])('with a batch size of %d says so', (batchSize) => {
    const begin = (): unknown => clientOf(createSimulator().fetch).createAll({ ...types, inputs: [], batchSize });
    expect(begin).toThrow(ConfigurationError);
  });

  test('without an object type says so', () => {
    const begin = (): unknown =>
      clientOf(createSimulator().fetch).createAll({ ...types, toObjectType: '', inputs: [] });
    expect(begin).toThrow(InputError);
  });
});
