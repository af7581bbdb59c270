import { expect, test } from '@jest/globals';
import { proxyNote } from './proxy.js';

test.each([
  [
    'https://api.hubapi.com',
    { HTTPS_PROXY: 'http://proxy:3128' },
    /^HTTPS_PROXY is set, and this run connects to api\.hubapi\.com directly\. .*NODE_USE_ENV_PROXY=1/,
  ],
  ['https://api.hubapi.com', { https_proxy: 'http://proxy:3128', NO_PROXY: 'example.com' }, /^https_proxy is set/],
  ['https://api.hubapi.com', { HTTP_PROXY: 'http://proxy:3128' }, undefined],
  ['https://api.hubapi.com', { HTTPS_PROXY: 'http://proxy:3128', NO_PROXY: 'example.com, .hubapi.com' }, undefined],
  ['https://api.hubapi.com', { HTTPS_PROXY: 'http://proxy:3128', no_proxy: '*' }, undefined],
  ['http://127.0.0.1:4010', { HTTP_PROXY: 'http://proxy:3128' }, undefined],
  ['https://api.hubapi.com', {}, undefined],
])('for %s and %j, a proxy that would not be used is said', (url, environment, note) => {
  if (note === undefined) expect(proxyNote(url, environment)).toBeUndefined();
  else expect(proxyNote(url, environment)).toMatch(note);
});
