import { describe, expect, test } from '@jest/globals';
import {
  createAssociationsClient,
  isAssociationsError,
  type AssociationInput,
  type BatchCreateReply,
  type BatchResponseLabelsBetweenObjectPair,
  type LabelsBetweenObjectPair,
  type Outcome,
  type StandardError,
} from 'hubspot-associations';
import { associationSpecAssociationCategoryValues, type operations } from 'hubspot-associations/schema';
import { pair } from './judges/calls.js';

// `npm run typecheck` is part of this test: `@ts-expect-error` above a line that compiles is an error.

const labels: LabelsBetweenObjectPair = {
  fromObjectId: '1',
  fromObjectTypeId: '0-1',
  labels: [],
  toObjectId: '2',
  toObjectTypeId: '0-2',
};
const complete: BatchResponseLabelsBetweenObjectPair = {
  completedAt: '2026-03-30T09:15:02.871Z',
  results: [labels],
  startedAt: '2026-03-30T09:15:02.118Z',
  status: 'COMPLETE',
};
const refusal: StandardError = { category: 'OBJECT_NOT_FOUND', context: {}, message: 'gone', status: 'error' };

function clientAnswering(status: number, body: unknown): Promise<BatchCreateReply> {
  const client = createAssociationsClient({
    accessToken: 'contract-test',
    fetch: () => Promise.resolve(Response.json(body, { status })),
  });
  return client.batchCreate({ fromObjectType: 'contacts', toObjectType: 'companies', inputs: [pair('1', '2')] });
}

describe('to the compiler,', () => {
  test('a 207 reply has a list of errors', async () => {
    const reply = await clientAnswering(207, { ...complete, errors: [refusal], numErrors: 1 });
    // @ts-expect-error -- errors may be undefined before the check
    const before: StandardError[] = reply.data.errors;
    expect(before).toHaveLength(1);
    if (reply.status !== 207) throw new Error('The reply was a 207.');
    const after: StandardError[] = reply.data.errors;
    expect(after).toEqual([refusal]);
  });

  test('any other reply has the status 201', async () => {
    const reply = await clientAnswering(200, complete);
    if (reply.status === 207) throw new Error('The reply was a 200.');
    const status: 201 = reply.status;
    expect(status).toBe(201);
  });

  test('exactly the members that the spec requires are required', () => {
    // @ts-expect-error -- completedAt is required
    const withoutEnd: BatchResponseLabelsBetweenObjectPair = { results: [], startedAt: '', status: 'COMPLETE' };
    // @ts-expect-error -- status is one of four values
    const unknownStatus: BatchResponseLabelsBetweenObjectPair = { ...complete, status: 'DONE' };
    // @ts-expect-error -- types is required
    const untyped: AssociationInput = { from: { id: '1' }, to: { id: '2' } };
    // @ts-expect-error -- an id is a string
    const numeric: AssociationInput = { ...pair('1', '2'), from: { id: 1 } };
    expect([withoutEnd, unknownStatus, untyped, numeric]).toHaveLength(4);
  });

  test('the kind of an outcome determines its error', () => {
    const describeOutcome = (outcome: Outcome): string => {
      switch (outcome.kind) {
        case 'created':
          return 'created';
        case 'failed':
          return String(outcome.error.status);
        case 'invalid':
          return outcome.error.pointer;
        case 'unconfirmed':
          return outcome.error.code;
        case 'unsent':
          return outcome.error.reason;
      }
    };
    expect(describeOutcome({ kind: 'created', index: 0, input: pair('1', '2') })).toBe('created');
  });

  test('the code of an error determines its class', () => {
    const value: unknown = undefined;
    if (isAssociationsError(value) && value.code === 'API') {
      const status: number = value.status;
      expect(status).toBeDefined();
    }
    expect(isAssociationsError(value)).toBe(false);
  });

  test('the generated types and enum values can be imported', () => {
    type Body = operations['batchCreateAssociations']['requestBody']['content']['application/json'];
    const body: Body = { inputs: [pair('1', '2')] };
    expect(body.inputs).toHaveLength(1);
    expect(associationSpecAssociationCategoryValues).toContain('HUBSPOT_DEFINED');
  });
});
