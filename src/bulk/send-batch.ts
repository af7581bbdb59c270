import type { ClientEvent } from '../client/events.js';
import type { Batch } from './form-batches.js';
import { createIsolation, isIsolable, isolate } from './isolate.js';
import type { Pair } from './merge-pairs.js';
import type { FinishedBatch, Outcome } from './outcome.js';
import { settleFailure, type Calls, type Failure, type RequestPairs, type Settled } from './request-pairs.js';
import type { Stop } from './stop.js';

/** Sends a batch, or does not when the run has stopped; each of its inputs gets its outcome. */
export type SendBatch = (batch: Batch) => Promise<FinishedBatch>;

/** What a batch needs besides its inputs. */
export interface SendBatchOptions {
  readonly request: RequestPairs;
  readonly stop: Stop;
  readonly onEvent: (event: ClientEvent) => void;
}

export function createSendBatch({ request, stop, onEvent }: SendBatchOptions): SendBatch {
  const isolation = createIsolation();
  const fail = (pairs: readonly Pair[], failure: Failure): Settled => settleFailure(pairs, failure, stop);

  const settle = async (pairs: readonly Pair[]): Promise<Settled> => {
    const result = await request(pairs);
    if (!('judgement' in result)) return result;
    if (pairs.length === 1 || !isIsolable(result)) return fail(pairs, result);
    const { error, mayBeDone } = result.judgement;
    const { settled, refusals } = await isolate(pairs, error, isolation.begin(), request, fail);
    const all = together(settled, [result.calls, ...refusals]);
    return mayBeDone ? { ...all, outcomes: all.outcomes.map(unlessUnsent) } : all;
  };

  /** Pairs that no reply mentions are sent once more, without the others. */
  const settleAll = async (pairs: readonly Pair[]): Promise<Settled> => {
    const first = await settle(pairs);
    if (first.silent.length === 0) return first;
    const silent = new Set(first.silent.map(({ index }) => index));
    const mentioned = { ...first, outcomes: first.outcomes.filter(({ index }) => !silent.has(index)) };
    const second = await settle(first.silent);
    return together([mentioned, { ...second, outcomes: second.outcomes.map(unlessUnsent) }]);
  };

  return async ({ number, pairs, repetitions, invalid, after, progress }) => {
    const startedAt = new Date();
    // A pair that is under way with fewer types would take away what this batch adds.
    await Promise.all(after.map(({ batch }) => batch.finished));
    if (pairs.length > 0 && stop.error === undefined) {
      onEvent({ type: 'batch sent', batch: number, inputs: pairs.length });
    }
    const { outcomes, unmatchedErrors, calls } = pairs.length === 0 ? together([]) : await settleAll(pairs);
    const byIndex = new Map(outcomes.map((outcome) => [outcome.index, outcome]));
    for (const pair of pairs) pair.outcome = byIndex.get(pair.index);
    progress.finish();
    const repeated: Outcome[] = [];
    for (const { index, input, pair } of repetitions) {
      await pair.batch.finished;
      if (pair.outcome !== undefined) repeated.push({ ...pair.outcome, index, input });
    }
    if (repeated.length > 0) onEvent({ type: 'merged', batch: number, inputs: repeated.length });
    const everyOutcome = [...outcomes, ...repeated, ...invalid].sort((a, b) => a.index - b.index);
    return { number, outcomes: everyOutcome, unmatchedErrors, ...calls, startedAt, finishedAt: new Date() };
  };
}

/** A pair of which an earlier request may have been carried out was sent, whatever came of the later one. */
function unlessUnsent(outcome: Outcome): Outcome {
  return outcome.kind === 'unsent' ? { ...outcome, kind: 'unconfirmed' } : outcome;
}

function together(parts: readonly Settled[], refusals: readonly Calls[] = []): Settled {
  const calls = [...refusals, ...parts.map((part) => part.calls)];
  return {
    outcomes: parts.flatMap(({ outcomes }) => outcomes),
    silent: parts.flatMap(({ silent }) => silent),
    unmatchedErrors: parts.flatMap(({ unmatchedErrors }) => unmatchedErrors),
    calls: {
      requests: calls.reduce((sum, { requests }) => sum + requests, 0),
      correlationIds: calls.flatMap(({ correlationIds }) => correlationIds),
    },
  };
}
