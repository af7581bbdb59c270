import { describe, expect, test } from '@jest/globals';
import { member } from './json.js';

describe('reading JSON of which nothing is known', () => {
  test('a member of what is not an object is undefined', () => {
    expect(member('text', 'length')).toBeUndefined();
  });
});
