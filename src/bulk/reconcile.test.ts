import { describe, expect, test } from '@jest/globals';
import type { LabelsBetweenObjectPair, StandardError } from '../../generated/schema.js';
import type { BatchCreateReply } from '../client/read-reply.js';
import type { AssociationInput } from '../client/validate.js';
import { reconcile } from './reconcile.js';

function inputs(...pairs: [string, string][]): { index: number; input: AssociationInput }[] {
  return pairs.map(([from, to], index) => ({ index, input: { from: { id: from }, to: { id: to }, types: [] } }));
}

function result(from: string, to: string, direction: [string, string] = ['0-1', '0-2']): LabelsBetweenObjectPair {
  const [fromObjectTypeId, toObjectTypeId] = direction;
  return { fromObjectId: from, fromObjectTypeId, labels: [], toObjectId: to, toObjectTypeId };
}

function refusal(context: Record<string, string[]>, subCategory = ''): StandardError {
  return { status: 'error', category: 'OBJECT_NOT_FOUND', subCategory, message: 'gone', context };
}

function reply(results: LabelsBetweenObjectPair[], errors: StandardError[] = []): BatchCreateReply {
  const data = { status: 'COMPLETE' as const, startedAt: '', completedAt: '', results, errors };
  return { status: 207, data, response: new Response(null, { status: 207 }) };
}

const contactsToCompanies = { fromObjectType: 'contacts', toObjectType: 'companies' };

function kinds(pairs: [string, string][], given: BatchCreateReply, types = contactsToCompanies): string[] {
  return reconcile(inputs(...pairs), given, types).outcomes.map(({ kind }) => kind);
}

const fromNotFound = 'crm.associations.FROM_OBJECT_NOT_FOUND';
const toNotFound = 'crm.associations.TO_OBJECT_NOT_FOUND';

describe('results', () => {
  test('confirm their pairs in any order', () => {
    expect(kinds([['1', '5'], ['2', '6']], reply([result('2', '6'), result('1', '5')]))).toEqual(['created', 'created']); // prettier-ignore
  });

  test('confirm a pair that was sent twice, both times', () => {
    expect(kinds([['1', '5'], ['1', '5']], reply([result('1', '5')]))).toEqual(['created', 'created']); // prettier-ignore
  });

  test('that leave a pair out leave it unconfirmed, whatever the status says', () => {
    const { outcomes } = reconcile(inputs(['1', '5'], ['2', '6']), reply([result('1', '5')]), contactsToCompanies);
    expect(outcomes.map(({ kind }) => kind)).toEqual(['created', 'unconfirmed']);
    expect(outcomes[1]?.error).toMatchObject({ code: 'CONTRACT', pointer: '/results' });
    expect(String(outcomes[1]?.error)).toContain('2 → 6');
  });

  test('for pairs that were never sent change nothing', () => {
    expect(kinds([['1', '5']], reply([result('7', '8')]))).toEqual(['unconfirmed']);
  });

  test('in both directions do not confirm a pair whose mirror image is another pair', () => {
    // Contact 5 and company 7 are associated; contact 7 is not, with whatever.
    const both = [result('7', '5', ['0-2', '0-1']), result('5', '7')];
    const pairs: [string, string][] = [['5', '7'], ['7', '5']]; // prettier-ignore
    expect(kinds(pairs, reply(both))).toEqual(['created', 'unconfirmed']);
    expect(kinds(pairs, reply(both, [refusal({ id: ['7'] }, fromNotFound)]))).toEqual(['created', 'failed']);
    expect(kinds(pairs, reply(both.slice(0, 1)))).toEqual(['unconfirmed', 'unconfirmed']);
  });

  test('of object types that are not known by name count in the direction that most of them fit', () => {
    const types = { fromObjectType: 'vehicles', toObjectType: 'drivers' };
    const results = [
      result('1', '5', ['2-1', '2-2']),
      result('5', '1', ['2-2', '2-1']),
      result('2', '6', ['2-1', '2-2']),
    ];
    expect(kinds([['1', '5'], ['2', '6'], ['5', '1']], reply(results), types)).toEqual(['created', 'created', 'unconfirmed']); // prettier-ignore
    // Where both directions fit alike, neither can be told to be the run's own.
    expect(kinds([['1', '5'], ['5', '1']], reply(results.slice(0, 2)), types)).toEqual(['unconfirmed', 'unconfirmed']); // prettier-ignore
  });

  test('whose type ids have another form count all the same', () => {
    expect(kinds([['1', '5']], reply([result('1', '5', ['CONTACT', 'COMPANY'])]))).toEqual(['created']);
  });

  test('tell ids apart that hold spaces', () => {
    expect(kinds([['a b', 'c'], ['a', 'b c']], reply([result('a b', 'c')]))).toEqual(['created', 'unconfirmed']); // prettier-ignore
  });
});

describe('errors', () => {
  test('by subcategory and id refuse every pair with that record on that side', () => {
    const given = reply([result('1', '9')], [refusal({ objectType: ['contact'], id: ['9'] }, fromNotFound)]);
    expect(kinds([['9', '5'], ['9', '6'], ['1', '9']], given)).toEqual(['failed', 'failed', 'created']); // prettier-ignore
  });

  test('by a side leave alone the pairs that have the id on the other side', () => {
    expect(kinds([['9', '5'], ['1', '9']], reply([], [refusal({ id: ['9'] }, fromNotFound)]))).toEqual(['failed', 'unconfirmed']); // prettier-ignore
    expect(kinds([['9', '5'], ['1', '9']], reply([], [refusal({ id: ['9'] }, toNotFound)]))).toEqual(['unconfirmed', 'failed']); // prettier-ignore
  });

  test('of both sides of one pair are kept with it', () => {
    const errors = [refusal({ id: ['9'] }, fromNotFound), refusal({ id: ['8'] }, toNotFound)];
    const { outcomes, unmatchedErrors } = reconcile(inputs(['9', '8']), reply([], errors), contactsToCompanies);
    expect(outcomes[0]?.error).toMatchObject({ code: 'API', status: 207, category: 'OBJECT_NOT_FOUND', errors });
    expect(unmatchedErrors).toEqual([]);
  });

  test.each([
    ['by both ids refuse one pair', refusal({ fromObjectId: ['1'], toObjectId: ['5'] }), ['failed', 'unconfirmed']],
    ['by one id of a side refuse its pairs', refusal({ fromObjectId: ['1'] }), ['failed', 'failed']],
    ['by several ids of a side refuse all of them', refusal({ toObjectId: ['5', '6'] }), ['failed', 'failed']],
    ['by an id without a side refuse the pairs that have it', refusal({ id: ['6'] }), ['unconfirmed', 'failed']],
  ])('%s', (_, error, expected) => {
    expect(kinds([['1', '5'], ['1', '6']], reply([], [error]))).toEqual(expected); // prettier-ignore
  });

  test.each([
    ['without ids', refusal({})],
    ['about records that were not sent', refusal({ id: ['77'] }, toNotFound)],
    ['without a context', { message: 'gone' } as StandardError],
  ])('%s refuse nothing, and are kept', (_, error) => {
    const { outcomes, unmatchedErrors } = reconcile(inputs(['1', '5']), reply([], [error]), contactsToCompanies);
    expect(outcomes.map(({ kind }) => kind)).toEqual(['unconfirmed']);
    expect(unmatchedErrors).toEqual([error]);
  });

  test('without a side do not take back what a result confirms, and with one they do', () => {
    expect(kinds([['1', '5']], reply([result('1', '5')], [refusal({ id: ['1'] })]))).toEqual(['created']);
    expect(kinds([['1', '5']], reply([result('1', '5')], [refusal({ id: ['1'] }, fromNotFound)]))).toEqual(['failed']);
  });

  test('without a subcategory go by the object type', () => {
    const error = refusal({ objectType: ['company'], id: ['5'] });
    expect(kinds([['5', '1'], ['1', '5']], reply([], [error]))).toEqual(['unconfirmed', 'failed']); // prettier-ignore
  });

  test.each([[['9']], [[9]], ['9'], [9]])('name an id as %j', (id) => {
    const error = { ...refusal({}, fromNotFound), context: { id } } as unknown as StandardError;
    expect(kinds([['9', '5']], reply([], [error]))).toEqual(['failed']);
  });

  test('that are repeated for each of very many pairs are told once each', () => {
    const pairs = Array.from({ length: 2_000 }, (_, index): [string, string] => [String(index), '5']);
    const errors = pairs.map(() => refusal({ id: ['5'] }, toNotFound));
    const { outcomes } = reconcile(inputs(...pairs), reply([], errors), contactsToCompanies);
    expect(outcomes.every(({ kind, error }) => kind === 'failed' && 'errors' in error && error.errors?.length === 1)).toBe(true); // prettier-ignore
  });
});
