import type { StandardError } from '../../generated/schema.js';

import type { NotCreated, Verdicts } from './outcome.js';
import type { Answered, Calls, Failure } from './request.js';
import { somePairs, type RequestPairs } from './request-body.js';
import type { Stop } from './stop.js';

/** Some pairs of a batch, and their places in it. */
export interface Part {
  readonly pairs: RequestPairs;
  readonly places: readonly number[];
}

/** Collects the outcomes of a batch's pairs from one or more requests. */
export interface Settlement {
  /** Notes the outcomes of pairs whose request was answered. */
  answered(part: Part, answer: Answered): void;
  /** Notes that the request for these pairs failed, which decides their outcome. */
  failed(part: Part, failure: Failure): void;
  /** Counts requests that decided no outcome. */
  count(calls: Calls): void;
  /**
   * Makes pairs that are not sent from now on unconfirmed rather than unsent, because an earlier request
   * may have succeeded.
   */
  mayHaveSucceeded(): void;
  readonly notCreated: Verdicts;
  /** Removes and returns the pairs that no reply has mentioned so far. */
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
      // Not spread into one `push`: a reply may hold more errors than a call can have arguments.
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

/** Splits a part into halves; a single pair stays whole. */
export function halve(part: Part): Part[] {
  const at = part.places.map((_, index) => index);
  if (at.length < 2) return at.length === 0 ? [] : [part];
  const middle = Math.ceil(at.length / 2);
  return [partOf(part, at.slice(0, middle)), partOf(part, at.slice(middle))];
}
