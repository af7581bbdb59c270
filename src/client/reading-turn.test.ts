import { describe, expect, jest, test } from '@jest/globals';
import { attempt } from './attempt.js';
import { createReadingTurn } from './reading-turn.js';
import { createVirtualClock } from './test-support.js';

describe('replies are read', () => {
  test('only when no request may be sent', async () => {
    const clock = createVirtualClock();
    let burstIsOut = (): void => undefined;
    const turn = createReadingTurn(() => new Promise((resolve) => (burstIsOut = resolve)), clock);
    let reading = 0;
    void turn().then(() => (reading += 1));
    await clock.runToEnd();
    expect(reading).toBe(0);
    burstIsOut();
    await clock.runToEnd();
    expect(reading).toBe(1);
  });

  test('two at a time, and the next as soon as one has been read', async () => {
    const turn = createReadingTurn(() => Promise.resolve(), createVirtualClock());
    const [first, second] = [await turn(), await turn()];
    let third = false;
    const waiting = turn().then((end) => {
      third = true;
      return end;
    });
    await Promise.resolve();
    expect(third).toBe(false);
    first();
    (await waiting)();
    expect(third).toBe(true);
    second();
  });

  test('without waiting for slow ones', async () => {
    const clock = createVirtualClock();
    const turn = createReadingTurn(() => Promise.resolve(), clock);
    await Promise.all([turn(), turn()]);
    const third = turn();
    await clock.runToEnd();
    await expect(third).resolves.toBeInstanceOf(Function);
  });

  test('and the wait does not count towards their time limit', async () => {
    jest.useFakeTimers();
    try {
      const later = new Promise<() => void>((resolve) => {
        setTimeout(resolve, 5_000, () => undefined);
      });
      const message = { url: 'http://127.0.0.1/', method: 'POST', headers: new Headers(), body: () => null };
      const result = attempt(message, {
        ...{ token: 'token', userAgent: 'test', timeoutMs: 1_000, maxReplyBytes: 100 },
        fetch: () => Promise.resolve(new Response('reply')),
        onReply: () => undefined,
        readingTurn: () => later,
        read: ({ text }) => text,
      });
      await jest.advanceTimersByTimeAsync(5_000);
      await expect(result).resolves.toBe('reply');
      expect(jest.getTimerCount()).toBe(0);
    } finally {
      jest.useRealTimers();
    }
  });
});
