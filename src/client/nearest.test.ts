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
