import { describe, expect, test } from '@jest/globals';
import { latestArrival, type SentRequest, type ServerTimes } from './arrival.js';

const request: SentRequest = {
  sentAt: 1_000,
  leftProcessBy: 1_005,
  delayMs: 50,
  endedAt: undefined,
  status: undefined,
  overtakenBy: undefined,
};
const answered = (endedAt: number): SentRequest => ({ ...request, endedAt, status: 201 });
const server = (shortestReplyMs: number, guess = true): ServerTimes => ({
  shortestReplyMs: () => shortestReplyMs,
  windowMs: 10_000,
  guess,
});

describe('the latest arrival of a request is', () => {
  test.each<[string, SentRequest, ServerTimes, number]>([
    ['one window after it was sent, if nothing else is known', request, server(20), 11_000],
    ['the time of its reply, if replies are quick', answered(1_040), server(20), 1_040],
    ['before its reply by the time of the shortest reply', answered(4_030), server(3_000), 4_030 - 3_000 + 50],
    ['its end, if there was no reply', { ...request, endedAt: 1_500 }, server(3_000), 1_500],
    [
      'no later than that of a request that was sent later',
      { ...request, overtakenBy: answered(1_700) },
      server(20),
      1_700,
    ],
    [
      'but not before it can have travelled from the process',
      { ...request, overtakenBy: answered(1_010) },
      server(1),
      1_055,
    ],
    ['never later than its own reply', { ...answered(1_030), overtakenBy: answered(1_010) }, server(1), 1_030],
    ['not guessed if guesses have failed', { ...answered(3_500), overtakenBy: answered(1_100) }, server(1_000, false), 2_500 + 50], // prettier-ignore
    ['not guessed if it may not have left the process', { ...answered(3_500), leftProcessBy: undefined, overtakenBy: answered(1_100) }, server(1_000), 2_500 + 50], // prettier-ignore
  ])('%s', (_, sent, times, expected) => {
    expect(latestArrival(sent, times)).toBe(expected);
  });
});
