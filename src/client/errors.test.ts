import { expect, test } from '@jest/globals';
import { ApiError, isAssociationsError } from './errors.js';

test('an error of another copy of the package is one of its errors', () => {
  const ofAnotherCopy = { [Symbol.for('hubspot-associations.error')]: true, code: 'API', status: 429 };
  expect(isAssociationsError(ofAnotherCopy)).toBe(true);
  expect(isAssociationsError(new ApiError('refused', { status: 429 }))).toBe(true);
});

test.each([undefined, null, 'API', {}, new Error('API')])('%p is none of its errors', (value) => {
  expect(isAssociationsError(value)).toBe(false);
});
