import { getEventListeners } from 'node:events';
import { describe, expect, test } from '@jest/globals';
import { createSimulator } from '../simulator/create-simulator.js';
import { clientOf, numbered, types } from '../test-support.js';
import { abortable, onAbort, untilAborted, wait, withDeadline } from './abort.js';
import { systemClock } from './clock.js';
import { createVirtualClock } from './test-support.js';

const listenersOf = (signal: AbortSignal): number => getEventListeners(signal, 'abort').length;
const never = new Promise<never>(() => undefined);
const late = (): Error => new Error('late');

describe('a signal that outlives its work', () => {
  test('has one listener while a thousand operations wait for it, and none once all have ended', () => {
    const { signal } = new AbortController();
    const stops = Array.from({ length: 1_000 }, () => onAbort([signal], () => undefined));
    expect(listenersOf(signal)).toBe(1);
    for (const stop of stops) stop();
    expect(listenersOf(signal)).toBe(0);
  });

  test.each<[string, (signal: AbortSignal) => Promise<unknown>]>([
    ['work that succeeds', (signal) => untilAborted(Promise.resolve(1), signal)],
    ['work that fails', (signal) => untilAborted(Promise.reject(new Error('failed')), signal)],
    ['a pause', (signal) => wait(systemClock, 0, [signal, undefined])],
    [
      'work with a deadline',
      (signal) => withDeadline({ ms: 60_000, signals: [signal], late }, () => Promise.resolve(1)),
    ],
    ['work past its deadline', (signal) => withDeadline({ ms: 0, signals: [signal], late }, (own) => untilAborted(never, own))], // prettier-ignore
  ])('has no listener left by %s', async (_, work) => {
    const { signal } = new AbortController();
    await work(signal).catch(() => undefined);
    expect(listenersOf(signal)).toBe(0);
  });

  test('has no listeners left after many calls and runs of a client, whether they succeed or fail', async () => {
    const { signal } = new AbortController();
    let requests = 0;
    const simulator = createSimulator();
    const fetch = (request: Request): Promise<Response> => {
      requests += 1;
      if (requests % 3 === 0) return Promise.resolve(Response.json({}, { status: 400 }));
      return simulator.fetch(request);
    };
    const client = clientOf(fetch);
    for (let calls = 0; calls < 30; calls += 1) {
      const request = { ...types, inputs: numbered(2) };
      await client.batchCreate(request, { signal, stopWaiting: signal }).catch(() => undefined);
      await client.createAll({ ...request, signal }).summary;
    }
    expect(listenersOf(signal)).toBe(0);
  });
});

describe('an abort', () => {
  test('ends work in progress, and starts none afterwards', async () => {
    const controller = new AbortController();
    const ended: string[] = [];
    const begin = (name: string) => (): (() => void) => {
      ended.push(`${name} begins`);
      return () => ended.push(`${name} ends`);
    };
    const first = abortable([controller.signal], begin('first'));
    controller.abort();
    const second = abortable([controller.signal], begin('second'));
    await expect(first).rejects.toThrow('aborted');
    await expect(second).rejects.toThrow('aborted');
    expect(ended).toEqual(['first begins', 'first ends']);
  });

  test('ends a pause immediately, and cancels its timer', async () => {
    const controller = new AbortController();
    const clock = createVirtualClock();
    const pause = wait(clock, 60_000, [controller.signal]);
    controller.abort();
    await expect(pause).rejects.toThrow('aborted');
    await clock.runToEnd();
    expect(clock.now()).toBe(0);
  });

  test('does not leave a later failure of the work unhandled', async () => {
    await expect(untilAborted(Promise.reject(new Error('failed')), AbortSignal.abort())).rejects.toThrow('aborted');
  });
});
