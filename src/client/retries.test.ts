import { inspect } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import { complete } from '../test-support.js';
import type { AnyAssociationsError } from './errors.js';
import type { ClientEvent } from './events.js';
import { resolveOptions, type ClientOptions } from './options.js';
import { parseJson } from './read-body.js';
import { createSender } from './send.js';
import { createVirtualClock, type VirtualClock } from './test-support.js';

const token = 'pat-eu1-11111111-2222';
const ok = (): Response => Response.json(complete, { status: 201 });
const refuse =
  (status: number, body: object = {}, headers: Record<string, string> = {}) =>
  (): Response =>
    Response.json({ message: 'no', ...body }, { status, headers });

interface Setup {
  readonly clock: VirtualClock;
  /** Sends a request, and returns when it was answered or how it failed. */
  readonly call: (signal?: AbortSignal, stopWaiting?: AbortSignal) => Promise<number | AnyAssociationsError>;
  /** When each request was sent, and with which token. */
  readonly sent: { at: number; authorization: string | null }[];
  readonly events: ClientEvent[];
}

/** A client whose server gives these replies in turn, and repeats the last one. */
function setup(answers: (() => Response | Promise<Response>)[], options: Partial<ClientOptions> = {}): Setup {
  const clock = createVirtualClock();
  const sent: Setup['sent'] = [];
  const events: ClientEvent[] = [];
  const resolved = resolveOptions({
    accessToken: token,
    allowance: { requests: 100, perMs: 10_000 },
    maxAttempts: 4,
    onEvent: (event) => events.push(event),
    ...options,
    fetch: async (request) => {
      sent.push({ at: clock.now(), authorization: request.headers.get('authorization') });
      const answer = answers[Math.min(sent.length, answers.length) - 1] ?? ok;
      return answer();
    },
  });
  const { send } = createSender(resolved, clock);
  return {
    clock,
    sent,
    events,
    call: (signal = new AbortController().signal, stopWaiting) => {
      const request = {
        url: 'https://api.hubapi.com/x',
        method: 'POST',
        headers: new Headers(),
        body: () => '{}',
        signal,
      };
      return send(request, { maxAttempts: resolved.maxAttempts, stopWaiting, read: parseJson }).then(
        () => clock.now(),
        (error: unknown) => error as AnyAssociationsError,
      );
    },
  };
}

describe('a request is retried after a transient failure', () => {
  test.each<[string, () => Response | Promise<Response>]>([
    ['no connection', () => Promise.reject(new TypeError('fetch failed', { cause: { code: 'ECONNREFUSED' } }))],
    ['a reset connection', () => Promise.reject(new TypeError('fetch failed', { cause: { code: 'ECONNRESET' } }))], // prettier-ignore
    ['a body that breaks off', () => new Response('{"status":"COMP', { status: 201 })],
    ['an HTML page instead of JSON', () => new Response('<html>', { status: 200 })],
    ['500', refuse(500)],
    ["a gateway's page", () => new Response('<html>Bad gateway</html>', { status: 502 })],
    ['524', refuse(524)],
  ])('after %s', async (_, answer) => {
    const { clock, call, sent, events } = setup([answer, answer, ok]);
    const answered = call();
    await clock.runToEnd();
    // Half of at most 500 ms, and half of at most 1,000 ms.
    expect(await answered).toBe(750);
    expect(sent.map(({ at }) => at)).toEqual([0, 250, 750]);
    expect(events.map((event) => [event.type, 'attempt' in event ? event.attempt : undefined])).toEqual([
      ['request.sent', 1],
      ['request.finished', 1],
      ['request.retried', 1],
      ['request.sent', 2],
      ['request.finished', 2],
      ['request.retried', 2],
      ['request.sent', 3],
      ['request.finished', 3],
    ]);
  });

  test('up to the maximum attempts per request', async () => {
    const { clock, call, sent } = setup([refuse(503)]);
    const answered = call();
    await clock.runToEnd();
    expect(await answered).toMatchObject({ code: 'API', status: 503 });
    expect(sent).toHaveLength(4);
  });

  test('but not after a refusal of its content', async () => {
    const { clock, call, sent } = setup([refuse(400)]);
    const answered = call();
    await clock.runToEnd();
    expect(await answered).toMatchObject({ status: 400 });
    expect(sent).toHaveLength(1);
  });

  test('and no event holds the token', async () => {
    const { clock, call, events } = setup([refuse(500, { message: `token ${token}` }), ok]);
    const answered = call();
    await clock.runToEnd();
    await answered;
    expect(inspect(events, { depth: 10, showHidden: true })).not.toContain(token);
  });
});

describe('a 429', () => {
  test.each([
    ['in seconds', { 'retry-after': '3' }, 3_000],
    ['as a date, by the server’s clock', { 'retry-after': 'Mon, 23 Nov 2026 10:00:04 GMT', date: 'Mon, 23 Nov 2026 10:00:00 GMT' }, 4_000], // prettier-ignore
    ['not at all: a part of the window', {}, 500],
  ])('says %s how long no request is sent', async (_, headers: Record<string, string>, ms) => {
    const { clock, call, sent } = setup([ok, refuse(429, {}, headers), ok]);
    const answered = [call(), call()];
    await clock.runToEnd();
    await Promise.all(answered);
    answered.push(call());
    await clock.runToEnd();
    await Promise.all(answered);
    expect(sent.slice(2).every(({ at }) => at >= ms)).toBe(true);
    expect(sent).toHaveLength(4);
  });

  test('for the daily limit is not retried', async () => {
    const { clock, call, sent } = setup([refuse(429, { policyName: 'DAILY' })]);
    const answered = call();
    await clock.runToEnd();
    expect(await answered).toMatchObject({ status: 429, policyName: 'DAILY' });
    expect(sent).toHaveLength(1);
  });
});

describe('a 401', () => {
  test('renews the token once, for all requests in progress', async () => {
    let asked = 0;
    const accessToken = ({ rejected }: { rejected?: string }): string => {
      asked += 1;
      return rejected === undefined ? 'old-token' : 'new-token';
    };
    const { clock, call, sent } = setup([refuse(401), refuse(401), refuse(401), ok], { accessToken, allowance: false });
    const answered = [call(), call(), call()];
    await clock.runToEnd();
    expect(await Promise.all(answered)).toEqual([0, 0, 0]);
    expect(asked).toBe(2);
    expect(sent.slice(3).map(({ authorization }) => authorization)).toEqual(Array(3).fill('Bearer new-token'));
  });

  test('for the renewed token, too, is final', async () => {
    let asked = 0;
    const accessToken = (): string => `token-${String((asked += 1))}`;
    const { clock, call, sent } = setup([refuse(401)], { accessToken });
    const answered = [call(), call()];
    await clock.runToEnd();
    expect(await Promise.all(answered)).toMatchObject([{ status: 401 }, { status: 401 }]);
    expect(asked).toBe(2);
    expect(sent.length).toBeLessThanOrEqual(4);
  });

  test('for a token that never changes is final immediately', async () => {
    const { clock, call, sent } = setup([refuse(401)]);
    const answered = call();
    await clock.runToEnd();
    expect(await answered).toMatchObject({ status: 401 });
    expect(sent).toHaveLength(1);
  });

  test('renews the token again when a renewed token that was accepted expires', async () => {
    let asked = 0;
    const accessToken = (): string => `token-${String((asked += 1))}`;
    const { clock, call } = setup([refuse(401), ok, refuse(401), ok], { accessToken });
    for (let calls = 0; calls < 2; calls += 1) {
      const answered = call();
      await clock.runToEnd();
      expect(typeof (await answered)).toBe('number');
    }
    expect(asked).toBe(3);
  });
});

describe('an abort', () => {
  test('ends the pause between two attempts immediately', async () => {
    const controller = new AbortController();
    const { clock, call, sent } = setup([refuse(503, {}, { 'retry-after': '200' })]);
    const answered = call(controller.signal);
    clock.after(1_000, () => {
      controller.abort();
    });
    clock.after(2_000, () => undefined);
    await clock.runToEnd();
    expect(await answered).toMatchObject({ code: 'STOPPED', reason: 'aborted' });
    expect(sent).toHaveLength(1);
    expect(clock.now()).toBe(2_000);
  });

  test('ends the wait for the allowance immediately', async () => {
    const controller = new AbortController();
    const { clock, call, sent } = setup([ok], { allowance: { requests: 1, perMs: 10_000 } });
    const answered = [call(), call(controller.signal)];
    clock.after(1_000, () => {
      controller.abort();
    });
    await clock.runToEnd();
    expect(await answered[1]).toMatchObject({ code: 'STOPPED' });
    expect(sent).toHaveLength(1);
  });
});

test('stopWaiting ends a waiting call, and lets a request in progress complete', async () => {
  const { clock, call, sent } = setup([ok], { allowance: { requests: 1, perMs: 10_000 } });
  const stop = new AbortController();
  const answered = [call(), call(undefined, stop.signal)];
  clock.after(1_000, () => {
    stop.abort();
  });
  await clock.runToEnd();
  expect(await Promise.all(answered)).toMatchObject([0, { code: 'STOPPED' }]);
  expect(sent).toHaveLength(1);
});

test('too many error replies slow the client down, and stop it if that does not help', async () => {
  const answers = Array.from({ length: 2_000 }, (_, index) => (index % 10 === 0 ? refuse(500) : ok));
  const { clock, call } = setup(answers, { allowance: { requests: 1_000, perMs: 1_000 }, maxAttempts: 10 });
  const results: (number | AnyAssociationsError)[] = [];
  const work = async (): Promise<void> => {
    while (results.length < 1_500 && !results.some((result) => typeof result !== 'number')) results.push(await call());
  };
  const workers = Promise.all([work(), work()]);
  await clock.runToEnd();
  await workers;
  const failure = results.find((result) => typeof result !== 'number');
  expect(failure).toMatchObject({ code: 'STOPPED', reason: 'refused' });
  expect(String(failure)).toMatch(/More than 5 % of the last 1,000 requests/);
  // At an eighth of the speed, requests are eight milliseconds apart.
  expect(clock.now()).toBeGreaterThan(4_000);
});
