import { describe, expect, test } from '@jest/globals';
import type { AssociationInput } from '../client/validate.js';
import { createSimulator, type Simulator } from '../simulator/create-simulator.js';
import { clientOf, input, kindsOf, outcomesOf, types } from '../test-support.js';

/** The pair of contact `from` and company 1, with these types. */
function pair(from: string, ...typeIds: number[]): AssociationInput {
  return {
    ...input(from),
    types: typeIds.map((associationTypeId) => ({ associationCategory: 'HUBSPOT_DEFINED', associationTypeId })),
  };
}

function* oneByOne(inputs: readonly AssociationInput[]): Generator<AssociationInput> {
  yield* inputs;
}

function typesOf(simulator: Simulator, from: string): number[] {
  const found = simulator.associations('contacts', 'companies').find(({ fromObjectId }) => fromObjectId === from);
  return (found?.types ?? []).map(({ associationTypeId }) => associationTypeId).sort((a, b) => a - b);
}

const others = Array.from({ length: 30 }, (_, index) => pair(String(100 + index), 279));
const inputs = [pair('1', 279), ...others, pair('1', 1), pair('2', 279), pair('1', 279)];

describe('inputs that name the same pair', () => {
  test('in an array are sent once, with all types, however far apart they are', async () => {
    const simulator = createSimulator();
    const run = clientOf(simulator.fetch).createAll({ ...types, inputs, batchSize: 4 });
    expect(await kindsOf(run)).toEqual(Array(inputs.length).fill('created'));
    expect(typesOf(simulator, '1')).toEqual([1, 279]);
    expect(simulator.counts()).toMatchObject({ associated: 32, replaced: 0, unchanged: 0 });
    expect(await run.summary).toMatchObject({ inputs: inputs.length, merged: 2 });
  });

  test('in a stream do not remove one another’s types', async () => {
    const simulator = createSimulator();
    const run = clientOf(simulator.fetch).createAll({ ...types, inputs: oneByOne(inputs), batchSize: 4 });
    expect(await kindsOf(run)).toEqual(Array(inputs.length).fill('created'));
    expect(typesOf(simulator, '1')).toEqual([1, 279]);
  });

  test('wait for the earlier one if its reply is late', async () => {
    const simulator = createSimulator();
    let release: () => void = () => undefined;
    const released = new Promise<void>((resolve) => (release = resolve));
    let requests = 0;
    const fetch = async (request: Request): Promise<Response> => {
      requests += 1;
      if (requests === 1) await released;
      return simulator.fetch(request);
    };
    function* source(): Generator<AssociationInput> {
      yield* [pair('1', 279), pair('2', 279), pair('1', 1), pair('3', 279)];
      // A second request that did not wait would be answered first.
      setImmediate(release);
    }
    await clientOf(fetch).createAll({ ...types, inputs: source(), batchSize: 2 }).summary;
    expect(typesOf(simulator, '1')).toEqual([1, 279]);
  });

  test('in a stream are merged if they are in the same batch', async () => {
    const simulator = createSimulator();
    const some = [pair('1', 279), pair('2', 279), pair('1', 1), pair('1', 931), pair('1', 1)];
    const run = clientOf(simulator.fetch).createAll({ ...types, inputs: oneByOne(some) });
    expect(await kindsOf(run)).toEqual(Array(some.length).fill('created'));
    expect(typesOf(simulator, '1')).toEqual([1, 279, 931]);
    expect(simulator.counts()).toMatchObject({ inputs: 2, associated: 2 });
    expect(await run.summary).toMatchObject({ merged: 3, requests: 1 });
  });

  test('are remembered while the first one is in progress, however many others follow', async () => {
    const simulator = createSimulator();
    let release: () => void = () => undefined;
    const released = new Promise<void>((resolve) => (release = resolve));
    function* source(): Generator<AssociationInput> {
      yield pair('1', 279);
      for (let id = 2; id <= 45_000; id += 1) yield pair(String(id), 279);
      yield pair('1', 1);
      release();
    }
    let requests = 0;
    const fetch = async (request: Request): Promise<Response> => {
      requests += 1;
      if (requests === 1) await released;
      return simulator.fetch(request);
    };
    const run = clientOf(fetch, { concurrency: 4 }).createAll({ ...types, inputs: source() });
    expect(await run.summary).toMatchObject({ created: 45_001, stopped: undefined });
    expect(typesOf(simulator, '1')).toEqual([1, 279]);
  });

  test('each have an outcome, and it is the same for all', async () => {
    const simulator = createSimulator({ records: { contacts: ['2'], companies: ['1'] } });
    const some = [pair('1', 279), pair('2', 279), pair('1', 279), pair('1', 1), pair('2', 279)];
    const outcomes = await outcomesOf(
      clientOf(simulator.fetch).createAll({ ...types, inputs: oneByOne(some), batchSize: 2 }),
    );
    expect(outcomes.map(({ index, kind }) => [index, kind])).toEqual([
      [0, 'failed'],
      [1, 'created'],
      [2, 'failed'],
      [3, 'failed'],
      [4, 'created'],
    ]);
    expect(outcomes.map((outcome) => outcome.input)).toEqual(some);
  });

  test('are sent with the members that the first of them has beyond the documented ones, and all types', async () => {
    const sent: unknown[] = [];
    const fetch = async (request: Request): Promise<Response> => {
      sent.push(...((await request.clone().json()) as { inputs: unknown[] }).inputs);
      return createSimulator().fetch(request);
    };
    const note = { note: 'kept' };
    const some = [{ ...pair('1', 279), ...note }, pair('1', 1), { ...pair('2', 279), ...note }];
    await clientOf(fetch).createAll({ ...types, inputs: some }).summary;
    expect(sent).toEqual([some[2], { ...pair('1', 279, 1), ...note }]);
  });

  test('take limited memory if a source yields nothing else', async () => {
    let read = 0;
    function* endless(): Generator<AssociationInput> {
      for (;;) {
        read += 1;
        yield pair('1', 279);
      }
    }
    const run = clientOf(createSimulator().fetch, { concurrency: 2 }).createAll({
      ...types,
      inputs: endless(),
      batchSize: 10,
    });
    let taken = 0;
    for await (const { outcomes } of run) {
      taken += outcomes.length;
      expect(read - taken).toBeLessThanOrEqual(60);
      if (taken >= 500) break;
    }
  });

  test('are reported as merged', async () => {
    const merged: unknown[] = [];
    const client = clientOf(createSimulator().fetch, {
      onEvent: (event) => {
        if (event.type === 'inputs.merged') merged.push(event);
      },
    });
    await client.createAll({ ...types, inputs: [pair('1', 279), pair('1', 1)] }).summary;
    expect(merged).toEqual([{ type: 'inputs.merged', run: 1, batch: 1, inputs: 1 }]);
  });
});
