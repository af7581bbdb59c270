import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { operationDetails } from '../../generated/client.js';
import openapi from '../../generated/openapi.json' with { type: 'json' };
import { createSimulator, type SimulatorOptions } from './index.js';
import { call, pair, type Body } from './test-support.js';

describe('replies', () => {
  test('of full success are 201, or 200 if configured', async () => {
    expect((await call(createSimulator(), [pair('1', '2')])).status).toBe(201);
    expect((await call(createSimulator({ successStatus: 200 }), [pair('1', '2')])).status).toBe(200);
  });

  test('are also served on the path of v4, which HubSpot’s own clients call', async () => {
    const path = '/crm/v4/associations/contacts/companies';
    expect((await call(createSimulator(), [pair('1', '2')], { path })).status).toBe(201);
  });

  /** How to provoke each named example of the spec. An example without an entry fails the test below. */
  const recipes: Record<string, SimulatorOptions & { inputs?: object[] }> = {
    complete: {},
    completeAs200: { successStatus: 200 },
    partial: { records: { contacts: [], companies: ['2'] } },
    unknownRecords: { records: {} },
    invalidAssociationType: { inputs: [pair('1', '2', 9_999)] },
    missingField: { inputs: [{}] },
    invalidToken: { accessTokens: ['another'] },
    expiredToken: { accessTokens: { any: { expiresAt: 0 } } },
    missingScopes: { accessTokens: { any: { scopes: [] } } },
    locked: { faults: { faults: [{ kind: 'status', status: 423 }] } },
    tenSecondlyRolling: { allowance: { requests: 0 } },
    secondly: { allowance: { requests: 0, perMs: 1_000 } },
    daily: { allowance: { requestsPerDay: 0 } },
    migrating: { faults: { faults: [{ kind: 'status', status: 477 }] } },
    internalError: { faults: { faults: [{ kind: 'status', status: 500 }] } },
  };
  // The simulator serves one operation; the spec may have others.
  const { responses } = openapi.paths[operationDetails.batchCreateAssociations.path].post;
  const examples = Object.entries(responses).flatMap(([status, { content }]) =>
    Object.entries(content).flatMap(([mediaType, { examples: named }]) =>
      Object.entries(named as Record<string, { value: Body }>).map(([name, { value }]) => ({
        status,
        mediaType,
        name,
        value,
      })),
    ),
  );

  test.each(examples.filter(({ mediaType }) => mediaType === 'application/json'))(
    'like the example $name of $status can be provoked',
    async ({ status, name, value }) => {
      const { inputs = [pair('1', '2')], ...options } = recipes[name] ?? {};
      expect(Object.keys(recipes)).toContain(name);
      const reply = await call(createSimulator(options), inputs);
      expect(String(reply.status)).toBe(status === 'default' ? '500' : status);
      expect(reply.body.category).toBe(value.category);
      expect(reply.body.policyName).toBe(value.policyName);
      if (value.errors?.[0]?.subCategory !== undefined) {
        expect(reply.body.errors?.map(({ subCategory }) => subCategory)).toEqual(
          value.errors.map(({ subCategory }) => subCategory),
        );
      }
    },
  );
});

test('after any sequence of calls the account equals a plain map of pairs to types', async () => {
  const id = fc.integer({ min: 1, max: 6 }).map(String);
  const typeId = fc.constantFrom(1, 279);
  const batch = fc.array(fc.tuple(id, id, typeId), { maxLength: 8 });
  await fc.assert(
    fc.asyncProperty(fc.array(batch, { maxLength: 10 }), async (batches) => {
      // Contact 6 and company 6 do not exist.
      const exists = (given: string): boolean => given !== '6';
      const simulator = createSimulator({ records: { contacts: exists, companies: exists } });
      const model = new Map<string, number>();
      for (const inputs of batches) {
        const { status, body } = await call(simulator, inputs.map(([from, to, type]) => pair(from, to, type))); // prettier-ignore
        const good = inputs.filter(([from, to]) => exists(from) && exists(to));
        for (const [from, to, type] of good) model.set(`${from} ${to}`, type);
        expect(status).toBe(good.length === inputs.length ? 201 : 207);
        expect(body.results).toHaveLength(good.length);
      }
      const held = simulator
        .associations('contacts', 'companies')
        .map(({ fromObjectId, toObjectId, types }) => [`${fromObjectId} ${toObjectId}`, types[0]?.associationTypeId]);
      expect(held).toEqual([...model]);
    }),
    { numRuns: 200 },
  );
});
