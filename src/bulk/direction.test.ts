import { describe, expect, test } from '@jest/globals';
import type { StandardError } from '../../generated/schema.js';
import { kinds, refusal, reply, result } from './test-support.js';

describe('two pairs of which each has the ids of the other, swapped,', () => {
  const pairs: [string, string][] = [['5', '7'], ['7', '5']]; // prettier-ignore

  test('are both confirmed by results of the direction of the run', () => {
    expect(kinds(pairs, reply([result('5', '7'), result('7', '5')]))).toEqual(['created', 'created']);
  });

  test.each<[string, [string, string]]>([
    ['of another form', ['CONTACT', 'COMPANY']],
    ['of which one has another form', ['0-1', 'COMPANY']],
  ])('are not confirmed by type ids %s, which tell no direction', (_, direction) => {
    const results = [result('5', '7', direction), result('7', '5', ['COMPANY', 'CONTACT'])];
    expect(kinds(pairs, reply(results))).toEqual(['unconfirmed', 'unconfirmed']);
  });
});

describe('where an object type is not known by name,', () => {
  const toVehicles = { fromObjectType: 'contacts', toObjectType: 'vehicles' };
  const fromVehicles = { fromObjectType: 'vehicles', toObjectType: 'companies' };

  test('the known one tells the direction', () => {
    const pairs: [string, string][] = [['1', '5'], ['5', '1']]; // prettier-ignore
    const contacts = [result('1', '5', ['0-1', '2-9']), result('5', '1', ['2-9', '0-1'])];
    expect(kinds(pairs, reply(contacts), toVehicles)).toEqual(['created', 'unconfirmed']);
    const companies = [result('5', '1', ['0-2', '2-9']), result('1', '5', ['2-9', '0-2'])];
    expect(kinds(pairs, reply(companies), fromVehicles)).toEqual(['created', 'unconfirmed']);
  });

  test.each([
    [toVehicles, ['0-1', '2-9'], ['0-1', '0-5']],
    [fromVehicles, ['2-9', '0-2'], ['0-5', '0-2']],
  ] as const)('%j, results of a type that few of the others have confirm nothing', (types, many, few) => {
    const pairs: [string, string][] = [['3', '7'], ['1', '5'], ['2', '6']]; // prettier-ignore
    const results = [result('3', '7', [...few]), result('1', '5', [...many]), result('2', '6', [...many])];
    expect(kinds(pairs, reply(results), types)).toEqual(['unconfirmed', 'created', 'created']);
  });

  test('results that agree confirm their pairs, and no results none', () => {
    const unknown = { fromObjectType: 'vehicles', toObjectType: 'drivers' };
    expect(kinds([['1', '5']], reply([result('1', '5', ['2-1', '2-2'])]), unknown)).toEqual(['created']);
    expect(kinds([['1', '5']], reply([]), unknown)).toEqual(['unconfirmed']);
  });

  test.each(['12-345', 'p2-1', '2-1x'])('%s is one only if it is not a type id', (fromObjectType) => {
    const pairs: [string, string][] = [['1', '5'], ['5', '1']]; // prettier-ignore
    const results = [result('1', '5', ['12-345', '0-2']), result('5', '1', ['0-2', '12-345'])];
    expect(kinds(pairs, reply(results), { fromObjectType, toObjectType: 'companies' })).toEqual(['created', 'unconfirmed']); // prettier-ignore
    const isId = fromObjectType === '12-345';
    const other = reply([result('1', '5', ['2-7', '0-2'])]);
    expect(kinds(pairs.slice(0, 1), other, { fromObjectType, toObjectType: 'companies' })).toEqual([isId ? 'unconfirmed' : 'created']); // prettier-ignore
  });

  test('an error names its side by that name, in capitals or not', () => {
    const types = { fromObjectType: 'Vehicles', toObjectType: 'Drivers' };
    const pairs: [string, string][] = [['9', '5'], ['1', '9']]; // prettier-ignore
    const error = (objectType: string): StandardError[] => [refusal({ objectType: [objectType], id: ['9'] })];
    expect(kinds(pairs, reply([], error('vehicles')), types)).toEqual(['failed', 'unconfirmed']);
    expect(kinds(pairs, reply([], error('DRIVERS')), types)).toEqual(['unconfirmed', 'failed']);
    expect(kinds(pairs, reply([], error('boats')), types)).toEqual(['failed', 'failed']);
  });
});
