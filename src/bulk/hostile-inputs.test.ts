import { describe, expect, test } from '@jest/globals';
import type { AssociationInput } from '../client/validate.js';
import { createSimulator } from '../simulator/create-simulator.js';
import { clientOf, complete, input, kindsOf, numbered, outcomesOf, types } from '../test-support.js';

/** Confirms only contact 1 with contact 2, if the request names it, and lists that pair in both directions. */
async function oneDirection(request: Request): Promise<Response> {
  const { inputs } = (await request.json()) as { inputs: AssociationInput[] };
  const isAsked = inputs.some(({ from }) => from.id === '1');
  const listed = isAsked ? [['1', '2'], ['2', '1']] : []; // prettier-ignore
  const results = listed.map(([from, to]) => ({ fromObjectTypeId: '0-1', fromObjectId: from, toObjectTypeId: '0-1', toObjectId: to, labels: [] })); // prettier-ignore
  return Response.json({ ...complete, results }, { status: 201 });
}

describe('between records of one type', () => {
  const contacts = { fromObjectType: 'contacts', toObjectType: 'contacts' };

  test('a reply that lists one pair in both directions does not confirm its mirror image', async () => {
    const run = clientOf(oneDirection).createAll({ ...contacts, inputs: [input('1', '2'), input('2', '1')] });
    expect(await kindsOf(run)).toEqual(['created', 'unconfirmed']);
  });

  test('a pair and its mirror image are both confirmed once each has been resent alone', async () => {
    const simulator = createSimulator({ faults: { faults: [{ kind: 'both-directions', probability: 1 }] } });
    const run = clientOf(simulator.fetch).createAll({
      ...contacts,
      inputs: [input('1', '2'), input('2', '1')].map((one) => ({ ...one, types: [{ associationCategory: 'HUBSPOT_DEFINED', associationTypeId: 449 }] })), // prettier-ignore
    });
    expect(await kindsOf(run)).toEqual(['created', 'created']);
  });
});

test.each(['CANCELED', 'PENDING', 'PROCESSING', 'canceled'])(
  'a reply with status %s confirms nothing, whatever its results say',
  async (status) => {
    const results = [1, 2].map((id) => ({ fromObjectTypeId: '0-1', fromObjectId: String(id), toObjectTypeId: '0-2', toObjectId: '1', labels: [] })); // prettier-ignore
    const fetch = (): Promise<Response> => Promise.resolve(Response.json({ ...complete, status, results }));
    expect(await kindsOf(clientOf(fetch).createAll({ ...types, inputs: numbered(2) }))).toEqual(Array(2).fill('unconfirmed')); // prettier-ignore
  },
);

test('an error that names an id as an unsafe integer fails no input', async () => {
  const ids = ['9007199254740992', '9007199254740993'];
  const results = ids.map((id) => ({ fromObjectTypeId: '0-1', fromObjectId: id, toObjectTypeId: '0-2', toObjectId: '1', labels: [] })); // prettier-ignore
  const error = '{"status":"error","category":"X","message":"gone","context":{"fromObjectId":[9007199254740993]}}';
  const body = JSON.stringify({ ...complete, results, errors: ['here'] }).replace('"here"', error);
  const fetch = (): Promise<Response> => Promise.resolve(new Response(body, { status: 207 }));
  const run = clientOf(fetch).createAll({ ...types, inputs: ids.map((id) => input(id)) });
  expect(await kindsOf(run)).toEqual(['created', 'created']);
  expect(await run.summary).toMatchObject({ unmatchedErrors: 1 });
});

describe.each([
  ['a generator', (inputs: () => Generator<AssociationInput>) => inputs()],
  [
    'an async generator',
    async function* (inputs: () => Generator<AssociationInput>) {
      for (const one of inputs()) yield await Promise.resolve(one);
    },
  ],
])('%s that yields the same object again and again, changed', (_, sourceOf) => {
  function* reused(): Generator<AssociationInput> {
    const one = input('1');
    for (const id of ['1', '2', '3', '4', '5']) {
      one.from.id = id;
      yield one;
    }
  }

  test('has each pair sent as it was when it was yielded, with an outcome for each', async () => {
    const simulator = createSimulator({ records: { contacts: { allExcept: ['3'] }, companies: ['1'] } });
    const run = clientOf(simulator.fetch).createAll({ ...types, inputs: sourceOf(reused), batchSize: 2 });
    expect(await kindsOf(run)).toEqual(['created', 'created', 'failed', 'created', 'created']);
    const associated = simulator.associations('contacts', 'companies').map(({ fromObjectId }) => fromObjectId);
    expect(associated.sort()).toEqual(['1', '2', '4', '5']);
    expect(await run.summary).toMatchObject({ inputs: 5, created: 4, failed: 1, merged: 0 });
  });
});

describe('an input that throws when it is read', () => {
  const throwing = (): AssociationInput =>
    Object.defineProperty({ ...input('7') }, 'to', {
      get: () => {
        throw new Error('no such column');
      },
    });

  test.each([
    ['an array', (inputs: AssociationInput[]) => inputs],
    ['an iterable', (inputs: AssociationInput[]) => inputs.values()],
  ])('of %s is invalid, and all others are sent', async (_, sourceOf) => {
    const simulator = createSimulator();
    const inputs = sourceOf([input('1'), throwing(), input('2'), new Proxy(input('3'), { getPrototypeOf: () => { throw new Error('no'); }, ownKeys: () => { throw new Error('no'); } })]); // prettier-ignore
    const outcomes = await outcomesOf(clientOf(simulator.fetch).createAll({ ...types, inputs }));
    expect(outcomes.map(({ kind }) => kind)).toEqual(['created', 'invalid', 'created', 'invalid']);
    expect(outcomes[1]?.error).toMatchObject({ code: 'INPUT', message: expect.stringContaining('no such column') });
  });

  test('may be an array’s own getter: the run still ends with the outcomes of earlier inputs', async () => {
    const inputs = Object.defineProperty(numbered(3), 1, {
      get: () => {
        throw new Error('gone');
      },
    });
    const run = clientOf(createSimulator().fetch).createAll({ ...types, inputs });
    const kinds = await kindsOf(run);
    const { stopped } = await run.summary;
    expect([kinds.length <= 3, kinds[0] === 'invalid', stopped === undefined || stopped.reason === 'source']).toEqual([true, false, true]); // prettier-ignore
  });
});

test('a source that fails when it is closed loses no outcome', async () => {
  const closing = {
    *[Symbol.iterator](): Generator<AssociationInput> {
      try {
        yield* numbered(100);
      } finally {
        throw new Error('the file is gone');
      }
    },
  };
  const run = clientOf(createSimulator().fetch, { concurrency: 1 }).createAll({ ...types, inputs: closing, batchSize: 1 }); // prettier-ignore
  for await (const batch of run) if (batch.number === 2) break;
  expect(await run.summary).toMatchObject({ created: 2, stopped: { reason: 'abandoned' } });
});

test('an asynchronous source has as many concurrent requests as a synchronous one', async () => {
  async function* late(): AsyncGenerator<AssociationInput> {
    for (const one of numbered(40)) yield await Promise.resolve(one);
  }
  const simulator = createSimulator();
  let inProgress: (() => void)[] = [];
  // Nothing is answered until four requests are in progress.
  const fetch = async (request: Request): Promise<Response> => {
    await new Promise<void>((resolve) => {
      inProgress.push(resolve);
      if (inProgress.length < 4) return;
      for (const go of inProgress) go();
      inProgress = [];
    });
    return simulator.fetch(request);
  };
  const run = clientOf(fetch, { concurrency: 4 }).createAll({ ...types, inputs: late(), batchSize: 2 });
  expect(await run.summary).toMatchObject({ created: 40, requests: 20 });
});

test('a reply may hold more unmatched errors than a call can have arguments', async () => {
  const errors = Array.from({ length: 200_000 }, (_, index) => ({ message: `error ${String(index)}` }));
  const fetch = (): Promise<Response> => Promise.resolve(Response.json({ ...complete, errors }, { status: 207 }));
  const run = clientOf(fetch, { validateResponses: false }).createAll({ ...types, inputs: [input('1', '2')] });
  expect(await run.summary).toMatchObject({ created: 1, unmatchedErrors: 200_000 });
});

describe('an observer of a run', () => {
  test.each([
    ['rejects', () => Promise.reject(new Error('the log is full'))],
    [
      'throws',
      () => {
        throw new Error('the log is full');
      },
    ],
    ['returns a thenable that throws', () => Object.defineProperty({}, 'then', { get: () => { throw new Error('then'); } })], // prettier-ignore
  ])('that %s does not disturb it', async (_, onEvent) => {
    const unhandled: unknown[] = [];
    const note = (error: unknown): void => void unhandled.push(error);
    process.on('unhandledRejection', note);
    const client = clientOf(createSimulator().fetch, { onEvent });
    const { summary } = client.createAll({ ...types, inputs: numbered(20), batchSize: 5 });
    expect(await summary).toMatchObject({ created: 20, stopped: undefined });
    // Unhandled rejections are reported after the microtasks.
    await new Promise((resolve) => setImmediate(resolve));
    process.off('unhandledRejection', note);
    expect(unhandled).toEqual([]);
  });
});
