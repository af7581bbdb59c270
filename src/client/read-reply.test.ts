import { describe, expect, test } from '@jest/globals';
import { ContractError } from './errors.js';
import { deviationsOf, readBatchBody, readReply, type BatchCreateReply } from './read-reply.js';

const result = { fromObjectId: '1', fromObjectTypeId: '0-1', labels: [], toObjectId: '2', toObjectTypeId: '0-2' };
const body = {
  status: 'COMPLETE',
  startedAt: '2026-03-30T09:15:02Z',
  completedAt: '2026-03-30T09:15:03Z',
  results: [result],
};
const refusal = { status: 'error', category: 'OBJECT_NOT_FOUND', message: 'gone', context: { id: ['9'] } };

function read(status: number, given: unknown): BatchCreateReply {
  const response = new Response(null, { status });
  return readReply(response, readBatchBody(response, given));
}

describe('a 2xx reply is read by its body', () => {
  test.each([
    [200, body, 201],
    [201, body, 201],
    [202, body, 201],
    [207, { ...body, numErrors: 1, errors: [refusal] }, 207],
    [201, { ...body, numErrors: 1, errors: [refusal] }, 207],
    [201, { ...body, errors: [] }, 201],
    [207, body, 207],
    [201, { ...body, errors: null }, 201],
    [201, { ...body, errors: [null] }, 201],
    [207, { ...body, errors: 'none' }, 207],
  ])('%d with %j is %d', (status, given, expected) => {
    expect(read(status, given).status).toBe(expected);
  });

  test('a 207 without errors has an empty list of them', () => {
    expect(read(207, body).data.errors).toEqual([]);
  });

  test('ids that are sent as numbers become strings, and the given reply is not changed', () => {
    const given = { ...body, results: [{ ...result, fromObjectId: 1, toObjectId: 2 }] };
    expect(read(201, given).data.results).toEqual([result]);
    expect(given.results[0]?.fromObjectId).toBe(1);
  });

  test('members that the spec does not document are kept', () => {
    expect(read(201, { ...body, page: 1 }).data).toHaveProperty('page', 1);
  });
});

describe('a 2xx reply that determines no outcome is a ContractError', () => {
  test.each([
    ['null', null, '/results'],
    ['a list', [], '/results'],
    ['no results', { status: 'COMPLETE' }, '/results'],
    ['results that are not a list', { ...body, results: {} }, '/results'],
    ['a result that is not an object', { ...body, results: ['1'] }, '/results/0'],
    ['a result without an id', { ...body, results: [{ fromObjectId: '1' }] }, '/results/0/toObjectId'],
    [
      'an id that has lost digits',
      { ...body, results: [{ ...result, fromObjectId: 2 ** 60 }] },
      '/results/0/fromObjectId',
    ],
  ])('%s', (_, given, pointer) => {
    const reading = (): unknown => read(201, given);
    expect(reading).toThrow(ContractError);
    expect(reading).toThrow(expect.objectContaining({ pointer, status: 201 }));
  });
});

describe('deviations', () => {
  test('a reply that conforms to the spec has none', () => {
    expect(deviationsOf(201, body)).toEqual([]);
  });

  test('every difference is reported with its JSON pointer', () => {
    const given = { ...body, completedAt: 'yesterday', results: [{ ...result, fromObjectId: 1 }] };
    expect(deviationsOf(201, given).map(({ pointer }) => pointer)).toEqual(['/completedAt', '/results/0/fromObjectId']);
  });

  test('an undocumented status is a deviation', () => {
    expect(deviationsOf(202, body)).toEqual([{ pointer: '', message: 'the spec has no reply with status 202' }]);
  });

  test('a refusal is compared with the schema for its status, or else with the one for any failure', () => {
    expect(deviationsOf(400, { category: 'VALIDATION_ERROR' }).map(({ pointer }) => pointer)).toEqual(['', '']);
    expect(deviationsOf(502, { category: 'X', correlationId: 'no uuid', message: '' })).toEqual([
      { pointer: '/correlationId', message: 'must match format "uuid"' },
    ]);
    expect(deviationsOf(404, '<!DOCTYPE html>')).toEqual([]);
  });
});

describe('the ContractError of a reply that cannot be read says', () => {
  test.each([
    ['what is missing', {}, '/results is missing'],
    ['what is not a list', { results: 'none' }, '/results is not a list'],
    ['which result lacks an id', { results: [result, { ...result, toObjectId: undefined }] }, '/results/1/toObjectId is missing'], // prettier-ignore
    ['which id is none', { results: [{ ...result, fromObjectId: {} }] }, '/results/0/fromObjectId is not an id'],
    ['which result is none', { results: [null] }, '/results/0 is not an object'],
  ])('%s', (_, given, problem) => {
    expect(() => read(201, given)).toThrow(`The reply with status 201 cannot be read: ${problem}. Whether`);
  });
});

test('one id that is sent as a number becomes a string, whichever it is', () => {
  expect(read(201, { ...body, results: [{ ...result, fromObjectId: 1 }] }).data.results).toEqual([result]);
  expect(read(201, { ...body, results: [{ ...result, toObjectId: 2 }] }).data.results).toEqual([result]);
});

test('a result whose ids are strings is not copied', () => {
  expect(read(201, body).data.results[0]).toBe(result);
});
