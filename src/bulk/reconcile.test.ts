import { describe, expect, test } from '@jest/globals';
import type { LabelsBetweenObjectPair, StandardError } from '../../generated/schema.js';
import { fromNotFound, kinds, read, refusal, reply, result } from './test-support.js';

const toNotFound = 'crm.associations.TO_OBJECT_NOT_FOUND';

describe('results', () => {
  test('confirm their pairs in any order', () => {
    expect(kinds([['1', '5'], ['2', '6']], reply([result('2', '6'), result('1', '5')]))).toEqual(['created', 'created']); // prettier-ignore
  });

  test('confirm a pair that was sent twice, both times', () => {
    expect(kinds([['1', '5'], ['1', '5']], reply([result('1', '5')]))).toEqual(['created', 'created']); // prettier-ignore
  });

  test('that omit a pair make it unconfirmed, whatever the status says', () => {
    const { kinds, errors } = read([['1', '5'], ['2', '6']], reply([result('1', '5')])); // prettier-ignore
    expect(kinds).toEqual(['created', 'unconfirmed']);
    expect(errors[1]).toMatchObject({ code: 'CONTRACT', pointer: '/results' });
    expect(String(errors[1])).toContain('2 → 6');
  });

  test('for pairs that were never sent change nothing', () => {
    expect(kinds([['1', '5']], reply([result('7', '8')]))).toEqual(['unconfirmed']);
  });

  test('in both directions do not confirm a pair whose mirror image is another pair', () => {
    // Contact 5 is associated with company 7. Contact 7 is not associated with anything.
    const both = [result('7', '5', ['0-2', '0-1']), result('5', '7')];
    const pairs: [string, string][] = [['5', '7'], ['7', '5']]; // prettier-ignore
    expect(kinds(pairs, reply(both))).toEqual(['created', 'unconfirmed']);
    expect(kinds(pairs, reply(both, [refusal({ id: ['7'] }, fromNotFound)]))).toEqual(['created', 'failed']);
    expect(kinds(pairs, reply(both.slice(0, 1)))).toEqual(['unconfirmed', 'unconfirmed']);
  });

  test('of unknown object types count in the direction of most results', () => {
    const types = { fromObjectType: 'vehicles', toObjectType: 'drivers' };
    const results = [
      result('1', '5', ['2-1', '2-2']),
      result('5', '1', ['2-2', '2-1']),
      result('2', '6', ['2-1', '2-2']),
    ];
    expect(kinds([['1', '5'], ['2', '6'], ['5', '1']], reply(results), types)).toEqual(['created', 'created', 'unconfirmed']); // prettier-ignore
    // If both directions are equally frequent, neither counts as the run's own.
    expect(kinds([['1', '5'], ['5', '1']], reply(results.slice(0, 2)), types)).toEqual(['unconfirmed', 'unconfirmed']); // prettier-ignore
  });

  test('between records of one type confirm a pair but not its mirror image', () => {
    const contacts = { fromObjectType: 'contacts', toObjectType: 'contacts' };
    const of = (from: string, to: string): LabelsBetweenObjectPair => result(from, to, ['0-1', '0-1']);
    const pairs: [string, string][] = [['1', '2'], ['2', '1'], ['3', '3']]; // prettier-ignore
    const oneInBothDirections = reply([of('1', '2'), of('2', '1'), of('3', '3')]);
    expect(kinds(pairs, oneInBothDirections, contacts)).toEqual(['unconfirmed', 'unconfirmed', 'created']);
    expect(kinds(pairs, reply([of('1', '2')]), contacts)).toEqual(['created', 'unconfirmed', 'unconfirmed']);
    const bothInBothDirections = reply([of('1', '2'), of('2', '1'), of('2', '1'), of('1', '2')]);
    expect(kinds(pairs.slice(0, 2), bothInBothDirections, contacts)).toEqual(['created', 'created']);
  });

  test.each(['CANCELED', 'PENDING', 'PROCESSING'])('of a batch that is %s confirm nothing', (status) => {
    expect(kinds([['1', '5']], reply([result('1', '5')], [], status))).toEqual(['unconfirmed']);
  });

  test('whose type ids have another form still count', () => {
    expect(kinds([['1', '5']], reply([result('1', '5', ['CONTACT', 'COMPANY'])]))).toEqual(['created']);
  });

  test('count whatever form the type ids of the others have', () => {
    const both = [result('1', '5'), result('2', '6', ['CONTACT', 'COMPANY'])];
    expect(kinds([['1', '5'], ['2', '6']], reply(both))).toEqual(['created', 'created']); // prettier-ignore
    const listed = { ...result('1', '5'), fromObjectTypeId: ['0-1'] } as unknown as LabelsBetweenObjectPair;
    expect(kinds([['1', '5']], reply([listed]))).toEqual(['created']);
  });

  test('that are not objects, or not a list, confirm nothing', () => {
    const results = [null, 'x', result('1', '5')] as LabelsBetweenObjectPair[];
    expect(kinds([['1', '5'], ['2', '6']], reply(results))).toEqual(['created', 'unconfirmed']); // prettier-ignore
    expect(kinds([['1', '5']], { status: 201, body: { results: 'none' } })).toEqual(['unconfirmed']);
  });

  test('of a reply without a status confirm their pairs', () => {
    expect(kinds([['1', '5']], { status: 201, body: { results: [result('1', '5')] } })).toEqual(['created']);
  });

  test('distinguish ids that contain spaces', () => {
    expect(kinds([['a b', 'c'], ['a', 'b c']], reply([result('a b', 'c')]))).toEqual(['created', 'unconfirmed']); // prettier-ignore
  });
});

describe('errors', () => {
  test('by subcategory and id refuse every pair with that record on that side', () => {
    const given = reply([result('1', '9')], [refusal({ objectType: ['contact'], id: ['9'] }, fromNotFound)]);
    expect(kinds([['9', '5'], ['9', '6'], ['1', '9']], given)).toEqual(['failed', 'failed', 'created']); // prettier-ignore
  });

  test('for one side do not refuse pairs with that id on the other side', () => {
    expect(kinds([['9', '5'], ['1', '9']], reply([], [refusal({ id: ['9'] }, fromNotFound)]))).toEqual(['failed', 'unconfirmed']); // prettier-ignore
    expect(kinds([['9', '5'], ['1', '9']], reply([], [refusal({ id: ['9'] }, toNotFound)]))).toEqual(['unconfirmed', 'failed']); // prettier-ignore
  });

  test('for both sides of one pair are both kept', () => {
    const errors = [refusal({ id: ['9'] }, fromNotFound), refusal({ id: ['8'] }, toNotFound)];
    const found = read([['9', '8']], reply([], errors));
    expect(found.errors[0]).toMatchObject({ code: 'API', status: 207, category: 'OBJECT_NOT_FOUND', errors });
    expect(found.unmatchedErrors).toEqual([]);
  });

  test.each([
    ['by both ids refuse one pair', refusal({ fromObjectId: ['1'], toObjectId: ['5'] }), ['failed', 'unconfirmed']],
    ['by one id of a side refuse its pairs', refusal({ fromObjectId: ['1'] }), ['failed', 'failed']],
    ['by several ids of a side refuse all of them', refusal({ toObjectId: ['5', '6'] }), ['failed', 'failed']],
    ['by an id without a side refuse the pairs that have it', refusal({ id: ['6'] }), ['unconfirmed', 'failed']],
    ['by such an id on the other side too', refusal({ id: ['1'] }, 'crm.associations.INVALID'), ['failed', 'failed']],
  ])('%s', (_, error, expected) => {
    const found = read([['1', '5'], ['1', '6']], reply([], [error])); // prettier-ignore
    expect(found.kinds).toEqual(expected);
    expect(found.unmatchedErrors).toEqual([]);
  });

  test('between records of one type refuse the pairs with that record on either side', () => {
    const contacts = { fromObjectType: 'contacts', toObjectType: 'contacts' };
    const error = refusal({ objectType: ['contact'], id: ['9'] });
    expect(kinds([['9', '1'], ['1', '9']], reply([], [error]), contacts)).toEqual(['failed', 'failed']); // prettier-ignore
  });

  test('that are no objects say nothing', () => {
    const found = read([['1', '5']], reply([result('1', '5')], [null, 'gone'] as unknown as StandardError[]));
    expect([found.kinds, found.unmatchedErrors]).toEqual([['created'], []]);
    expect(read([['1', '5']], reply([result('1', '5')])).unmatchedErrors).toEqual([]);
  });

  test('of one record are all kept with its pairs, up to twenty', () => {
    const errors = Array.from({ length: 30 }, (_, index) => ({ ...refusal({ id: ['9'] }, fromNotFound), message: String(index) })); // prettier-ignore
    expect(read([['9', '5']], reply([], errors.slice(0, 2))).errors[0]).toMatchObject({ errors: errors.slice(0, 2) });
    expect(read([['9', '5']], reply([], errors)).errors[0]).toMatchObject({ errors: errors.slice(0, 20) });
  });

  test.each([
    ['without ids', refusal({})],
    ['about records that were not sent', refusal({ id: ['77'] }, toNotFound)],
    ['about records of no side that were not sent', refusal({ id: ['77'] })],
    ['without a context', { message: 'gone' } as StandardError],
  ])('%s refuse nothing, and are kept', (_, error) => {
    const { kinds, unmatchedErrors } = read([['1', '5']], reply([], [error]));
    expect(kinds).toEqual(['unconfirmed']);
    expect(unmatchedErrors).toEqual([error]);
  });

  test('without a side do not overrule a result, and with a side they do', () => {
    expect(kinds([['1', '5']], reply([result('1', '5')], [refusal({ id: ['1'] })]))).toEqual(['created']);
    expect(kinds([['1', '5']], reply([result('1', '5')], [refusal({ id: ['1'] }, fromNotFound)]))).toEqual(['failed']);
  });

  test('without a subcategory are matched by object type', () => {
    const error = refusal({ objectType: ['company'], id: ['5'] });
    expect(kinds([['5', '1'], ['1', '5']], reply([], [error]))).toEqual(['unconfirmed', 'failed']); // prettier-ignore
  });

  test.each([[['9']], [[9]], ['9'], [9]])('name an id as %j', (id) => {
    const error = { ...refusal({}, fromNotFound), context: { id } } as unknown as StandardError;
    expect(kinds([['9', '5']], reply([], [error]))).toEqual(['failed']);
  });

  test('with an unsafe integer as an id name no record', () => {
    // JSON.parse makes 9007199254740992 of 9007199254740993.
    const error = { ...refusal({}, fromNotFound), context: { id: [2 ** 53] } } as unknown as StandardError;
    const { kinds, unmatchedErrors } = read([['9007199254740992', '5']], reply([], [error]));
    expect(kinds).toEqual(['unconfirmed']);
    expect(unmatchedErrors).toEqual([error]);
  });

  test('that repeat one id very often take limited memory', () => {
    const pairs = Array.from({ length: 2_000 }, (_, index): [string, string] => ['1', String(index)]);
    const error = refusal({ id: Array<string>(50_000).fill('1') }, fromNotFound);
    expect(new Set(kinds(pairs, reply([], [error, refusal({ fromObjectId: ['1'] })])))).toEqual(new Set(['failed']));
  });

  test('that are repeated for each of many pairs are kept once per pair', () => {
    const pairs = Array.from({ length: 2_000 }, (_, index): [string, string] => [String(index), '5']);
    const errors = pairs.map(() => refusal({ id: ['5'] }, toNotFound));
    const found = read(pairs, reply([], errors));
    expect(found.errors.every((error) => error?.code === 'API' && error.errors?.length === 1)).toBe(true);
  });
});
