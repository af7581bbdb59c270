import { describe, expect, test } from '@jest/globals';
import { latestArrival, type SentRequest, type ServerTimes } from './arrival.js';

const request: SentRequest = {
  sentAt: 1_000,
  leftBy: 1_005,
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

describe('a request has arrived at the latest', () => {
  test.each<[string, SentRequest, ServerTimes, number]>([
    ['a window after it was sent, if nothing else is known', request, server(20), 11_000],
    ['with its reply, where replies are quick', answered(1_040), server(20), 1_040],
    ['so long before its reply as every reply takes', answered(4_030), server(3_000), 4_030 - 3_000 + 50],
    ['with its end, where there was no reply', { ...request, endedAt: 1_500 }, server(3_000), 1_500],
    ['not later than one that was sent later', { ...request, overtakenBy: answered(1_700) }, server(20), 1_700],
    ['but some time after it left the process', { ...request, overtakenBy: answered(1_010) }, server(1), 1_055],
    ['before its own reply all the same', { ...answered(1_030), overtakenBy: answered(1_010) }, server(1), 1_030],
    ['with its reply, where guesses have failed', { ...answered(3_500), overtakenBy: answered(1_100) }, server(1_000, false), 2_500 + 50], // prettier-ignore
    ['with its reply, where it was guessed not to have left', { ...answered(3_500), leftBy: undefined, overtakenBy: answered(1_100) }, server(1_000), 2_500 + 50], // prettier-ignore
  ])('%s', (_, sent, times, expected) => {
    expect(latestArrival(sent, times)).toBe(expected);
  });
});
