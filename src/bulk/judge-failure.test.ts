import { describe, expect, test } from '@jest/globals';
import {
  ApiError,
  ConfigurationError,
  ConnectionError,
  ContractError,
  StoppedError,
  TimeoutError,
} from '../client/errors.js';
import { mayHaveSucceeded } from '../client/status-table.js';
import { judgeFailure, stopReasonOf } from './judge-failure.js';

const api = (status: number): ApiError => new ApiError('refused', { status });

describe('a failed request', () => {
  test.each([
    ['400: some inputs are at fault, the run continues', api(400), 'refused', undefined],
    ['404: some inputs are at fault, the run continues', api(404), 'refused', undefined],
    ['413: it is too large, the run continues', api(413), 'refused', undefined],
    ['302: nothing was accepted, and nothing will be', api(302), 'unsent', 'refused'],
    ['401: nothing was accepted, and nothing will be', api(401), 'unsent', 'refused'],
    ['403: nothing was accepted, and nothing will be', api(403), 'unsent', 'refused'],
    ['423: its records stay locked, the run continues', api(423), 'failed', undefined],
    ['429: nothing is accepted now', api(429), 'unsent', 'refused'],
    ['477: nothing is accepted now', api(477), 'unsent', 'refused'],
    ['500: it may have succeeded', api(500), 'unconfirmed', undefined],
    ['408: it may have succeeded', api(408), 'unconfirmed', undefined],
    ['501: the server does not support the operation', api(501), 'unsent', 'refused'],
    ['505: the server does not support HTTP/1.1', api(505), 'unsent', 'refused'],
    ['522: the gateway does not know whether it arrived', api(522), 'unconfirmed', undefined],
    ['524: it may have succeeded', api(524), 'unconfirmed', undefined],
    ['no connection: it was not sent', new ConnectionError('', { requestSent: false }), 'unsent', 'unreachable'],
    [
      'a lost connection: it may have arrived',
      new ConnectionError('', { requestSent: true }),
      'unconfirmed',
      undefined,
    ],
    ['no reply in time: it may have arrived', new TimeoutError('', 1), 'unconfirmed', undefined],
    ['an unreadable reply: it may have succeeded', new ContractError('', { status: 201, pointer: '' }), 'unconfirmed', undefined], // prettier-ignore
    ['an abort before it was sent', new StoppedError('', { reason: 'aborted' }), 'unsent', 'aborted'],
    ['a 404 with an HTML page: the path is wrong for all', new ApiError('', { status: 404, body: '<html>' }), 'unsent', 'refused'], // prettier-ignore
    ['a token provider that fails: it was not sent', new ConfigurationError('accessToken', ''), 'unsent', 'refused'],
  ])('with %s', (_, error, kind, stop) => {
    const judgement = judgeFailure(error, mayHaveSucceeded(error));
    expect({ kind: judgement.kind, stop: stopReasonOf(judgement) }).toEqual({ kind, stop });
  });

  test.each([401, 403, 429, 477])(
    'with %d leaves its inputs unconfirmed, if an earlier attempt may have succeeded',
    (status) => {
      const error = api(status);
      const judgement = judgeFailure(error, true);
      expect(judgement).toEqual({ kind: 'unconfirmed', error, stop: 'refused' });
      expect(stopReasonOf(judgement)).toBe('refused');
    },
  );

  test.each([409, 423])('with %d leaves its inputs unconfirmed, too, and the run continues', (status) => {
    const error = api(status);
    const judgement = judgeFailure(error, true);
    expect(judgement).toEqual({ kind: 'unconfirmed', error });
    expect(stopReasonOf(judgement)).toBeUndefined();
  });
});
