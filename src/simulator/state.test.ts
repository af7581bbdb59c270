import { describe, expect, test } from '@jest/globals';
import { createSimulator, type Records, type SimulatorOptions } from './index.js';
import { call, pair } from './test-support.js';

describe('records', () => {
  test.each<[string, Records, string[], string[]]>([
    ['as a list', ['1', '9223372036854775807'], ['1', '9223372036854775807'], ['2']],
    ['as a number', 1_000_000, ['1', '1000000'], ['0', '1000001', '01']],
    ['as all except some', { allExcept: ['7'] }, ['1', '99999999999999'], ['7']],
    ['as a function', (id) => id.startsWith('4'), ['41'], ['14']],
  ])('are given %s', async (_, contacts, existing, missing) => {
    const simulator = createSimulator({ records: { contacts, companies: ['1'] } });
    const { body } = await call(
      simulator,
      [...existing, ...missing].map((id) => pair(id, '1')),
    );
    expect(body.results?.map(({ fromObjectId }) => fromObjectId)).toEqual(existing);
    expect(body.errors?.map(({ context }) => context.id[0])).toEqual(missing);
  });

  test('are generated from a seed: the same ids each time, and others with another seed', () => {
    const ids = (seed: number): string[] => {
      const simulator = createSimulator({ records: { contacts: { count: 3, seed } } });
      return [...simulator.recordIds('contacts')];
    };
    expect(ids(1)).toEqual(ids(1));
    expect(new Set([...ids(1), ...ids(2)]).size).toBe(6);
    expect(ids(0)).toEqual(['1', '2', '3']);
  });

  test('of an unlisted type do not exist', async () => {
    const { status } = await call(createSimulator({ records: { companies: ['1'] } }), [pair('1', '1')]);
    expect(status).toBe(207);
  });

  test.each<[string, SimulatorOptions]>([
    ['an object type', { records: { unicorns: 1 } }],
    ['a count', { records: { contacts: -1 } }],
    ['a list', { records: { contacts: '123' } }],
    ['a definition', { associationTypes: [{ from: 'unicorns', to: 'deals', category: 'USER_DEFINED', typeId: 1 }] }],
  ])('with %s that is impossible are refused', (_, options) => {
    expect(() => createSimulator(options)).toThrow(RangeError);
  });
});

describe('an impossible id of HubSpot’s own object types', () => {
  test.each(['abc', '#REF!', '-5', '2;3', '', ' 12', '1.0', '1e5', '１２', '9223372036854775808'])(
    '%p makes the whole request refused, and is named',
    async (id) => {
      const simulator = createSimulator();
      const { status, body } = await call(simulator, [pair('1', '2'), pair(id, '2'), pair('3', id)]);
      expect({ status, category: body.category }).toEqual({ status: 400, category: 'VALIDATION_ERROR' });
      expect(body.context).toEqual({
        INVALID_OBJECT_IDS: [`CONTACT=${id} is not valid`, `COMPANY=${id} is not valid`],
      });
      expect(simulator.associations('contacts', 'companies')).toEqual([]);
    },
  );

  test('is possible for a custom object type', async () => {
    const simulator = createSimulator();
    expect((await call(simulator, [pair('abc', '2', 5, 'USER_DEFINED')], { from: '2-77' })).status).toBe(201);
    expect((await call(simulator, [pair('abc', 'abc', 5, 'USER_DEFINED')], { from: '2-77' })).body.context).toEqual({
      INVALID_OBJECT_IDS: ['COMPANY=abc is not valid'],
    });
  });

  test('cannot be given as a record', () => {
    expect(() => createSimulator({ records: { contacts: ['1', 'x'] } })).toThrow(/contacts.*x/);
  });
});

describe('association types', () => {
  test.each([
    ['contacts', 'companies', 280],
    ['companies', 'contacts', 279],
    ['contacts', 'deals', 279],
    ['tickets', 'companies', 340],
    ['0-1', '2-77', 279],
  ])('from %s to %s: %d belongs to another direction, and refuses the whole request', async (from, to, typeId) => {
    const simulator = createSimulator();
    const { status, body } = await call(simulator, [pair('1', '2', typeId), pair('3', '4', 36, 'USER_DEFINED')], {
      from,
      to,
    });
    expect({ status, category: body.category }).toEqual({ status: 400, category: 'VALIDATION_ERROR' });
    expect(body.context?.['INVALID_OBJECT_IDS']?.[0]).toMatch(/=1 is not valid$/);
    expect(simulator.associations(from, to)).toEqual([]);
  });

  test('that HubSpot does not define between two known object types are refused', async () => {
    const { status, body } = await call(createSimulator(), [pair('1', '2', 9_999)]);
    expect(status).toBe(400);
    expect(body.context).toEqual({
      INVALID_ASSOCIATION_TYPE_ID: ['HUBSPOT_DEFINED=9999 is not a valid association definition id'],
    });
  });

  test('of the account are checked if any are defined, and replies have their labels', async () => {
    const definition = { category: 'USER_DEFINED' as const, typeId: 36, label: 'Decision maker' };
    const simulator = createSimulator({ associationTypes: [{ from: 'contacts', to: 'companies', ...definition }] });
    expect((await call(simulator, [pair('1', '2', 3, 'USER_DEFINED')])).body.context).toEqual({
      INVALID_ASSOCIATION_TYPE_ID: ['USER_DEFINED=3 is not a valid association definition id'],
    });
    const { body } = await call(simulator, [pair('1', '2', 36, 'USER_DEFINED'), pair('2', '2', 1), pair('3', '2')]);
    expect(body.results?.map(({ labels }) => labels)).toEqual([['Decision maker'], ['Primary'], []]);
    expect(simulator.associations('contact', 'COMPANY').map(({ labels }) => labels)).toEqual([['Decision maker'], ['Primary'], []]); // prettier-ignore
  });

  test('of custom object types are found by name', async () => {
    const simulator = createSimulator({
      objectTypes: [{ id: '2-77', name: 'vehicle' }],
      records: { vehicles: ['1'], contacts: ['1'] },
    });
    expect(
      (await call(simulator, [pair('1', '1', 5, 'USER_DEFINED')], { from: 'Vehicles', to: 'contacts' })).status,
    ).toBe(201);
    expect(simulator.associations('2-77', '0-1')).toHaveLength(1);
  });
});

describe('access tokens', () => {
  const simulator = createSimulator({
    accessTokens: {
      all: {},
      expired: { expiresAt: Date.UTC(2026, 0, 1) },
      narrow: { scopes: ['crm.objects.contacts.write'] },
      wide: { scopes: ['crm.objects.contacts.write', 'crm.objects.companies.write'] },
    },
    now: () => Date.UTC(2026, 0, 2),
  });

  test.each([
    ['all', 201, undefined],
    ['wide', 201, undefined],
    ['expired', 401, 'EXPIRED_AUTHENTICATION'],
    ['unknown', 401, 'INVALID_AUTHENTICATION'],
    ['narrow', 403, 'MISSING_SCOPES'],
  ])('%s: %d', async (token, status, category) => {
    const reply = await call(simulator, [pair('1', '2')], { token });
    expect([reply.status, reply.body.category]).toEqual([status, category]);
  });
});

describe('the account reports', () => {
  test('requests, the most in a window, pairs and statuses', async () => {
    let time = 0;
    const simulator = createSimulator({ now: () => time, allowance: { requests: 3, perMs: 100 } });
    for (time of [0, 50, 90, 99, 160]) await call(simulator, [pair('1', '2')]);
    await call(simulator, [pair('1', '2', 1), pair('3', '4')]);
    expect(simulator.requests()).toBe(6);
    expect(simulator.mostRequestsWithin(100)).toBe(4);
    expect(simulator.statuses()).toEqual({ '201': 5, '429': 1 });
    expect(simulator.counts()).toEqual({ inputs: 6, associated: 2, replaced: 1, unchanged: 3 });
  });
});
