import { describe, expect, test } from '@jest/globals';
import {
  ApiError,
  ConfigurationError,
  ConnectionError,
  ContractError,
  StoppedError,
  TimeoutError,
} from '../client/errors.js';
import { judgeFailure } from './judge-failure.js';

const api = (status: number): ApiError => new ApiError('refused', { status });

describe('a failed request', () => {
  test.each([
    ['400: its inputs failed, the run goes on', api(400), 'failed', undefined],
    ['404: its inputs failed, the run goes on', api(404), 'failed', undefined],
    ['413: its inputs failed, the run goes on', api(413), 'failed', undefined],
    ['302: nothing was taken, and nothing will be', api(302), 'unsent', 'refused'],
    ['401: nothing was taken, and nothing will be', api(401), 'unsent', 'refused'],
    ['403: nothing was taken, and nothing will be', api(403), 'unsent', 'refused'],
    ['423: nothing was taken now', api(423), 'unsent', 'refused'],
    ['429: nothing was taken now', api(429), 'unsent', 'refused'],
    ['477: nothing was taken now', api(477), 'unsent', 'refused'],
    ['500: it may have been carried out', api(500), 'unconfirmed', undefined],
    ['524: it may have been carried out', api(524), 'unconfirmed', undefined],
    ['no connection: it was not sent', new ConnectionError('', { requestSent: false }), 'unsent', 'unreachable'],
    [
      'a lost connection: it may have arrived',
      new ConnectionError('', { requestSent: true }),
      'unconfirmed',
      undefined,
    ],
    ['no answer in time: it may have arrived', new TimeoutError('', 1), 'unconfirmed', undefined],
    ['an unreadable answer: it may have been carried out', new ContractError('', { status: 201, pointer: '' }), 'unconfirmed', undefined], // prettier-ignore
    ['an abort: it may have arrived', new StoppedError('', { reason: 'aborted' }), 'unconfirmed', 'aborted'],
    ['a 404 that is a page: the path is wrong for all', new ApiError('', { status: 404, body: '<html>' }), 'unsent', 'refused'], // prettier-ignore
    ['a token provider that fails: it was not sent', new ConfigurationError('accessToken', ''), 'unsent', 'refused'],
    ['what nobody expects: it may have arrived', new Error('?'), 'unconfirmed', undefined],
  ])('with %s', (_, error, kind, stop) => {
    const judgement = judgeFailure(error);
    expect({ kind: judgement.kind, stop: judgement.stop }).toEqual({ kind, stop });
  });
});
