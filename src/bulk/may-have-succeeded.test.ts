import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { answering, clientOf, complete, kindsOf, numbered, types } from '../test-support.js';

const refuse =
  (status: number, headers: Record<string, string> = {}) =>
  (): Response =>
    Response.json({ message: 'no' }, { status, headers });
const lose = (): Response => {
  throw new TypeError('fetch failed', { cause: Object.assign(new Error('reset'), { code: 'ECONNRESET' }) });
};

/** The outcomes of two inputs whose request gets these replies in turn. */
function kindsAfter(...answers: (() => Response)[]): Promise<string[]> {
  const client = clientOf(answering(...answers).fetch, { maxAttempts: answers.length });
  return kindsOf(client.createAll({ ...types, inputs: numbered(2) }));
}

// The pauses between attempts are random; this makes them zero.
beforeEach(() => {
  jest.spyOn(Math, 'random').mockReturnValue(0);
});
afterEach(() => {
  jest.restoreAllMocks();
});

describe('inputs that the API finally refuses are unconfirmed, since an earlier attempt may have succeeded', () => {
  test.each([
    ['a timeout of the server', refuse(408)],
    ['a failure of the server', refuse(500)],
    ['a lost reply', lose],
    ['an unreadable reply', () => new Response('<p>')],
  ])('after %s', async (_, first) => {
    expect(await kindsAfter(first, refuse(401))).toEqual(['unconfirmed', 'unconfirmed']);
    expect(await kindsAfter(first)).toEqual(['unconfirmed', 'unconfirmed']);
  });

  test('even if an attempt in between has done nothing', async () => {
    const kinds = await kindsAfter(refuse(502), refuse(429, { 'retry-after': '0' }), refuse(403));
    expect(kinds).toEqual(['unconfirmed', 'unconfirmed']);
  });

  test.each([409, 423])('even if the last refusal, %d, is not for the content of the request', async (status) => {
    expect(await kindsAfter(refuse(502), refuse(status))).toEqual(['unconfirmed', 'unconfirmed']);
    expect(await kindsAfter(refuse(status))).toEqual(['failed', 'failed']);
  });

  test('and such a refusal counts as a reply, so the run continues', async () => {
    const refusals = Array.from({ length: 3 }, () => [refuse(502), refuse(423)]).flat();
    const client = clientOf(answering(...refusals, undefined).fetch, { maxAttempts: 2, concurrency: 1 });
    const kinds = await kindsOf(client.createAll({ ...types, inputs: numbered(4), batchSize: 1 }));
    expect(kinds).toEqual(['unconfirmed', 'unconfirmed', 'unconfirmed', 'created']);
  });

  test('even if the refused batch is halved and its parts are not sent', async () => {
    const kinds = await kindsAfter(refuse(502), refuse(400), refuse(403));
    expect(kinds).toEqual(['unconfirmed', 'unconfirmed']);
  });
});

test('inputs are unsent if no attempt can have succeeded', async () => {
  expect(await kindsAfter(refuse(429, { 'retry-after': '0' }), refuse(403))).toEqual(['unsent', 'unsent']);
});

describe('a pair that the reply does not mention', () => {
  const first = { ...complete, results: [{ ...complete.results[0], toObjectId: '1' }] };

  test('is resent once, alone', async () => {
    const bodies: unknown[] = [];
    const server = answering(() => Response.json(first, { status: 201 }), undefined);
    const fetch = async (request: Request): Promise<Response> => {
      bodies.push(await request.clone().json());
      return server.fetch(request);
    };
    expect(await kindsOf(clientOf(fetch).createAll({ ...types, inputs: numbered(2) }))).toEqual(['created', 'created']);
    expect(bodies).toMatchObject([{ inputs: numbered(2) }, { inputs: [{ from: { id: '2' } }] }]);
  });

  test.each([401, 403, 429, 477, 500])(
    'stays unconfirmed if that is refused with %d: the first request may have associated it',
    async (status) => {
      const server = answering(() => Response.json(first, { status: 201 }), refuse(status));
      const kinds = await kindsOf(clientOf(server.fetch).createAll({ ...types, inputs: numbered(2) }));
      expect(kinds).toEqual(['created', 'unconfirmed']);
    },
  );

  test('stays unconfirmed if the run has stopped in the meantime', async () => {
    const controller = new AbortController();
    const reply = (): Response => {
      controller.abort();
      return Response.json(first, { status: 201 });
    };
    const run = clientOf(answering(reply).fetch).createAll({
      ...types,
      inputs: numbered(2),
      signal: controller.signal,
    });
    expect((await kindsOf(run)).at(1)).toBe('unconfirmed');
  });
});
