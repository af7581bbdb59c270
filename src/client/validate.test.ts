import { describe, expect, test } from '@jest/globals';
import { InputError, issueText } from './errors.js';
import {
  inputError,
  isAssociationInput,
  maximumInputs,
  validateBatch,
  writeBatch,
  type AssociationInput,
} from './validate.js';

const input: AssociationInput = {
  from: { id: '1' },
  to: { id: '2' },
  types: [{ associationCategory: 'HUBSPOT_DEFINED', associationTypeId: 279 }],
};
const types = { fromObjectType: 'contacts', toObjectType: 'companies' };

function problemWith(changes: object): InputError | undefined {
  return inputError({ ...input, ...changes });
}

describe('an input that differs from the spec', () => {
  test('with an id given as a number asks for quotes', () => {
    const error = problemWith({ from: { id: 12345678901 } });
    expect(error).toMatchObject({ pointer: '/from/id' });
    expect(error?.message).toContain('Write ids in quotes, "12345678901"');
  });

  test('with an unknown category names the known ones', () => {
    const error = problemWith({ types: [{ associationCategory: 'MINE', associationTypeId: 1 }] });
    expect(error?.message).toContain('HUBSPOT_DEFINED, INTEGRATOR_DEFINED, USER_DEFINED, WORK; it is "MINE"');
  });

  test('in several places names all of them', () => {
    const error = inputError({ from: {}, to: { id: null } });
    expect(error?.issues.map(issueText)).toEqual([
      'lacks types, which is required.',
      '/from lacks id, which is required.',
      '/to/id must be a string; it is null.',
    ]);
    expect(error?.message).toContain('and 2 more');
  });

  test('does not repeat a long value in full', () => {
    const error = problemWith({ types: [{ associationCategory: 'x'.repeat(10_000), associationTypeId: 1 }] });
    expect(error?.message.length).toBeLessThan(300);
  });
});

test('an input of a file is named by its line', () => {
  const error = inputError({ ...input, to: {} }, 12);
  expect(error).toMatchObject({ row: 12, message: 'row 12: /to lacks id, which is required.' });
});

describe('a batch', () => {
  test('of the maximum size is accepted, and a larger one is refused', () => {
    const inputs = Array.from({ length: maximumInputs }, () => input);
    expect(() => {
      validateBatch({ ...types, inputs });
    }).not.toThrow();
    expect(() => {
      validateBatch({ ...types, inputs: [...inputs, input] });
    }).toThrow(/\/inputs holds 2001 inputs, and one request may hold 2000/);
  });

  test.each(['', ' ', '.', '..', 7, undefined])(
    'with the object type %j is refused: it would change the path',
    (type) => {
      const request = { ...types, toObjectType: type as string, inputs: [input] };
      expect(() => {
        validateBatch(request);
      }).toThrow(InputError);
      expect(() => {
        validateBatch(request);
      }).toThrow('/toObjectType has to name an object type');
    },
  );

  test('with a wrong input names it', () => {
    const inputs = [input, { ...input, to: { id: 5 } }] as unknown as AssociationInput[];
    expect(() => {
      validateBatch({ ...types, inputs });
    }).toThrow('/inputs/1/to/id must be a string; it is the number 5.');
  });
});

describe('an unreadable value is an InputError', () => {
  const throwing = (name: string, value: object = {}): object =>
    Object.defineProperty(Array.isArray(value) ? [...(value as unknown[])] : { ...value }, name, {
      enumerable: true,
      get: () => {
        throw new RangeError('the row is gone');
      },
    });

  test.each([
    ['a member of the request', throwing('inputs', types), ''],
    ['the list of inputs', { ...types, inputs: Proxy.revocable([], {}) }, '/inputs'],
    ['a place in the list', { ...types, inputs: throwingAt(1) }, '/inputs/1'],
    ['a member of an input', { ...types, inputs: [input, input, throwing('from', input)] }, '/inputs/2'],
    [
      'a member that is read only when it is written',
      { ...types, inputs: [{ ...input, from: throwing('id') }] },
      '/inputs/0',
    ],
    ['the request itself', undefined, ''],
  ])('%s', (_, request, pointer) => {
    const validating = (): unknown => validateBatch(request as Parameters<typeof validateBatch>[0]);
    expect(validating).toThrow(InputError);
    expect(validating).toThrow(expect.objectContaining({ pointer }));
  });

  test('for an input of an iterable', () => {
    expect(inputError(throwing('to', input))).toMatchObject({
      pointer: '',
      message: 'cannot be read: the row is gone',
    });
    expect(isAssociationInput(throwing('to', input))).toBe(false);
  });

  function throwingAt(index: number): unknown[] {
    return throwing(String(index), [input, input, input]) as unknown[];
  }
});

describe('a value that cannot be written as JSON is an InputError', () => {
  const gone = (): never => {
    throw new Error('the row is gone');
  };

  test.each([
    ['a BigInt', { amount: { value: 7n, enumerable: true } }, 'BigInt'],
    ['a getter that throws', { note: { get: gone, enumerable: true } }, 'the row is gone'],
    ['a toJSON that throws', { toJSON: { value: gone } }, 'the row is gone'],
  ])('%s', (_, member: PropertyDescriptorMap, message) => {
    const writing = (): unknown => writeBatch([input, input, Object.defineProperties({ ...input }, member)]);
    expect(writing).toThrow(InputError);
    expect(writing).toThrow(expect.objectContaining({ pointer: '/inputs/2' }));
    expect(writing).toThrow(message);
  });
});
