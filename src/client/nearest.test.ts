import { expect, test } from '@jest/globals';
import { nearest } from './nearest.js';

const known = ['accessToken', 'timeoutMs', 'fetch'];

test.each([
  ['acessToken', 'accessToken'],
  ['ACCESSTOKEN', 'accessToken'],
  ['timeOut', 'timeoutMs'],
  ['fecth', 'fetch'],
  ['retries', undefined],
  ['', undefined],
])('%s may mean %s', (name, meant) => {
  expect(nearest(name, known)).toBe(meant);
});

test('the nearest name is meant, not the first that is near', () => {
  expect(nearest('labels', ['label', 'labels'])).toBe('labels');
  expect(nearest('labelz', ['lable', 'fetch', 'labels'])).toBe('labels');
});

test('a short name may have two mistakes, a longer one a third of its length', () => {
  expect(nearest('abc', ['a'])).toBe('a');
  expect(nearest('abcd', ['a'])).toBeUndefined();
  expect(nearest('abcdefghi', ['abcdef'])).toBe('abcdef');
});
