import { describe, expect, test } from '@jest/globals';
import { InputError } from '../client/errors.js';
import type { AssociationInput } from '../client/validate.js';
import { createInputWriter } from './written-input.js';

const type = { associationCategory: 'HUBSPOT_DEFINED', associationTypeId: 279 } as const;
const plain: AssociationInput = { from: { id: '1' }, to: { id: '5' }, types: [type] };

function written(input: unknown): unknown {
  return createInputWriter()(input as AssociationInput);
}

test('a plain input is written as its ids and types alone', () => {
  expect(written(plain)).toEqual({ from: '1', to: '5', types: JSON.stringify([type]), text: undefined });
  const reordered = { associationTypeId: 279, associationCategory: 'HUBSPOT_DEFINED' };
  expect(written({ ...plain, types: [reordered] })).toMatchObject({ types: JSON.stringify([type]) });
});

test('each input has its own type, whatever the one before had', () => {
  const write = createInputWriter();
  const others = [
    { ...type, associationTypeId: 1 },
    { ...type, associationCategory: 'USER_DEFINED' as const },
  ];
  for (const one of [type, ...others, type, type]) {
    expect(write({ ...plain, types: [one] })).toMatchObject({ types: JSON.stringify([one]), text: undefined });
  }
});

describe('the whole text is kept of an input', () => {
  class Id {
    readonly id = '1';
  }
  test.each<[string, unknown]>([
    ['with a member more', { ...plain, note: 'kept' }],
    ['whose record has a member more', { ...plain, from: { id: '1', note: 'kept' } }],
    ['whose other record has a member more', { ...plain, to: { id: '5', note: 'kept' } }],
    ['whose type has a member more', { ...plain, types: [{ ...type, note: 'kept' }] }],
    ['with two types', { ...plain, types: [type, { ...type, associationTypeId: 1 }] }],
    ['with a quote in an id', { ...plain, from: { id: '"' } }],
    ['with a letter beyond ASCII in the other id', { ...plain, to: { id: 'ü' } }],
    ['that is not a plain object', { ...plain, from: new Id() }],
  ])('%s', (_, input) => {
    const { from, to, types } = JSON.parse(JSON.stringify(input)) as AssociationInput;
    const expected = { from: from.id, to: to.id, types: JSON.stringify(types), text: JSON.stringify(input) };
    expect(written(input)).toEqual(expected);
  });
});

describe('an input is refused', () => {
  test.each<[string, unknown, RegExp]>([
    ['that the spec does not allow', { ...plain, from: { id: 1 } }, /from.id/],
    ['without types', { ...plain, types: undefined }, /types/],
    ['whose JSON the spec does not allow', { ...plain, toJSON: () => ({ ...plain, to: {} }) }, /\/to/],
    ['that has no JSON', { ...plain, note: 1n }, /cannot be written as JSON: .*BigInt/],
  ])('%s', (_, input, message) => {
    const refused = written(input);
    expect(refused).toBeInstanceOf(InputError);
    expect(String(refused)).toMatch(message);
  });
});
