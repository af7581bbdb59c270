import { expect, test } from '@jest/globals';
import { createAssociationsClient } from './associations-client.js';
import { ConfigurationError } from './client/errors.js';

test.each([
  ['acessToken', 'Did you mean accessToken?'],
  ['timeout', 'Did you mean timeoutMs?'],
  ['maxRetries', 'The options are accessToken,'],
])('a client is not made with an option that does not exist: %s', (option, advice) => {
  const make = (): unknown => createAssociationsClient({ accessToken: 'token', ...{ [option]: 3 } });
  expect(make).toThrow(ConfigurationError);
  expect(make).toThrow(`${option}: there is no such option. ${advice}`);
});
