import { expect, test } from '@jest/globals';
import { ApiError, isAssociationsError } from './errors.js';

test('an error of another copy of the package is recognized', () => {
  const ofAnotherCopy = { [Symbol.for('hubspot-associations.error')]: true, code: 'API', status: 429 };
  expect(isAssociationsError(ofAnotherCopy)).toBe(true);
  expect(isAssociationsError(new ApiError('refused', { status: 429 }))).toBe(true);
});

test.each([undefined, null, 'API', {}, new Error('API')])('%p is not an error of the package', (value) => {
  expect(isAssociationsError(value)).toBe(false);
});
