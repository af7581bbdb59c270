import type { StandardError } from '../../generated/schema.js';

import type { NotCreated, Verdicts } from './outcome.js';
import type { Answered, Calls, Failure } from './request.js';
import { somePairs, type RequestPairs } from './request-body.js';
import type { Stop } from './stop.js';

/** Some pairs of a batch, and where they stand in it. */
export interface Part {
  readonly pairs: RequestPairs;
  readonly places: readonly number[];
}

/** Gathers the outcomes of the pairs of a batch, from one request or from many. */
export interface Settlement {
  /** A request for these pairs was answered. */
  answered(part: Part, answer: Answered): void;
  /** A request for these pairs failed, and that is their outcome. */
  failed(part: Part, failure: Failure): void;
  /** Counts requests that decided nothing by themselves. */
  count(calls: Calls): void;
  /** From now on, what is not sent is unconfirmed rather than unsent: an earlier request may have succeeded. */
  mayHaveSucceeded(): void;
  readonly notCreated: Verdicts;
  /** Pairs that no reply has mentioned so far. */
  takeUnmentioned(): number[];
  readonly unmatchedErrors: readonly StandardError[];
  readonly calls: Calls;
}

export function createSettlement(stop: Stop): Settlement {
  const notCreated = new Map<number, NotCreated>();
  const unmatchedErrors: StandardError[] = [];
  const correlationIds: string[] = [];
  let unmentioned: number[] = [];
  let requests = 0;
  let earlierMayHaveSucceeded = false;

  const count = (calls: Calls): void => {
    requests += calls.requests;
    correlationIds.push(...calls.correlationIds);
  };
  const verdictOf = ({ judgement }: Failure): NotCreated => {
    if (judgement.kind === 'refused' || judgement.kind === 'failed') return { kind: 'failed', error: judgement.error };
    if (judgement.kind === 'unconfirmed') return { kind: 'unconfirmed', error: judgement.error };
    return { kind: earlierMayHaveSucceeded ? 'unconfirmed' : 'unsent', error: stop.stop(judgement.stop) };
  };
  return {
    count,
    answered: ({ places }, answer) => {
      count(answer.calls);
      // One by one: a reply may hold more of them than a call takes arguments.
      for (const error of answer.unmatchedErrors) unmatchedErrors.push(error);
      for (const place of places) notCreated.delete(place);
      for (const [place, verdict] of answer.notCreated) notCreated.set(places[place] ?? place, verdict);
      for (const place of answer.unmentioned) unmentioned.push(places[place] ?? place);
    },
    failed: ({ places }, failure) => {
      count(failure.calls);
      const verdict = verdictOf(failure);
      for (const place of places) notCreated.set(place, verdict);
    },
    mayHaveSucceeded: () => {
      earlierMayHaveSucceeded = true;
    },
    takeUnmentioned: () => {
      const taken = unmentioned;
      unmentioned = [];
      return taken;
    },
    notCreated,
    unmatchedErrors,
    get calls() {
      return { requests, correlationIds };
    },
  };
}

/** The pairs at these places of a part. */
export function partOf({ pairs, places }: Part, at: readonly number[]): Part {
  return { pairs: somePairs(pairs, at), places: at.map((place) => places[place] ?? place) };
}

/** A part in two, or in as many as it has pairs. */
export function halve(part: Part): Part[] {
  const at = part.places.map((_, index) => index);
  if (at.length < 2) return at.length === 0 ? [] : [part];
  const middle = Math.ceil(at.length / 2);
  return [partOf(part, at.slice(0, middle)), partOf(part, at.slice(middle))];
}
