import type { Client } from '../client/create-client.js';
import { ConfigurationError, type StoppedError } from '../client/errors.js';
import { emit, type ClientEvent } from '../client/events.js';
import { maximumInputs, validateObjectTypes, type AssociationInput } from '../client/validate.js';
import { createChannel, type Delivery } from './channel.js';
import { createAttemptCounts } from './attempts.js';
import { createBatchFormer, feed, type Batch } from './form-batches.js';
import { createPairMemory } from './merge-pairs.js';
import type { FinishedBatch, OutcomeKind } from './outcome.js';
import { createRequestPairs } from './request-pairs.js';
import { createSendBatch } from './send-batch.js';
import { createStop } from './stop.js';
import { createTally, type Counts } from './tally.js';

/** What a run associates. */
export interface CreateAllRequest {
  readonly fromObjectType: string;
  readonly toObjectType: string;
  /** Any number of pairs. They are read as they are needed. */
  readonly inputs: Iterable<AssociationInput> | AsyncIterable<AssociationInput>;
  /** Ends the run: what is under way becomes unconfirmed, what was read and waits, unsent. */
  readonly signal?: AbortSignal | undefined;
  /**
   * Inputs a request, at most the spec's limit.
   * @defaultValue the spec's limit, 2,000
   */
  readonly batchSize?: number | undefined;
}

/** How a run ended. `created + failed + invalid + unconfirmed + unsent` is `inputs`. */
export interface RunSummary extends Counts {
  /** Requests sent, those that were sent again included. */
  readonly requests: number;
  /** Requests that were sent again, because they had failed in a way that passes. */
  readonly retries: number;
  /** How long requests waited for the allowance, or for a pause that the API asked for, in milliseconds. */
  readonly waitedMs: number;
  /** Inputs that named a pair which another one had named before, and went with that one. */
  readonly merged: number;
  /** Refusals of the API that name no input that was sent. */
  readonly unmatchedErrors: number;
  /** Why the run ended before its inputs did, if it did. */
  readonly stopped: StoppedError | undefined;
}

/**
 * A run. Iterate it for each batch as it finishes, or await `summary` alone and it goes to its end
 * without keeping any outcome. A slow reader slows the run down; one that leaves early stops it.
 */
export interface Run extends AsyncIterable<FinishedBatch> {
  /** Settles when every input that was read has its outcome. */
  readonly summary: Promise<RunSummary>;
}

/** What a run takes over from its client. */
export interface RunOptions {
  readonly concurrency: number;
  readonly onEvent: (event: ClientEvent) => void;
}

function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, 0);
  });
}

/**
 * Associates any number of pairs, `concurrency` requests at a time.
 *
 * @throws InputError for the object types, ConfigurationError for the batch size. Nothing after
 *   that throws: the failure of an input is its outcome, the end of the run stands in its summary.
 */
export function createAll(
  client: Pick<Client, 'batchCreate'>,
  request: CreateAllRequest,
  { concurrency, onEvent }: RunOptions,
): Run {
  const { inputs, fromObjectType, toObjectType, signal, batchSize = maximumInputs } = request;
  validateObjectTypes(request);
  if (!Number.isInteger(batchSize) || batchSize < 1 || batchSize > maximumInputs) {
    throw new ConfigurationError('batchSize', `give a whole number from 1 to ${String(maximumInputs)}.`);
  }

  const stop = createStop(signal);
  const former = createBatchFormer(batchSize, createPairMemory(inputs));
  const feeding = feed(former, inputs, stop);
  const attempts = createAttemptCounts();
  const requestPairs = createRequestPairs({ client, fromObjectType, toObjectType, signal, stop, attempts });
  const observe = (event: ClientEvent): void => {
    emit(onEvent, event);
  };
  const send = createSendBatch({ request: requestPairs, stop, onEvent: observe });
  const channel = createChannel<FinishedBatch>();
  const tally = createTally();
  let unmatchedErrors = 0;
  let merged = 0;

  const finish = async (batch: Batch): Promise<Delivery> => {
    const finished = await send(batch);
    const counts = countsOf(finished);
    for (const { kind } of finished.outcomes) tally.add(kind);
    unmatchedErrors += finished.unmatchedErrors.length;
    merged += batch.repetitions.length;
    observe({ type: 'batch finished', batch: batch.number, ...counts });
    return channel.push(finished);
  };
  const work = async (): Promise<void> => {
    let delivery: Delivery | undefined;
    while (stop.error === undefined) {
      const fed = await stop.unlessStopped(feeding.next());
      const batch = former.take();
      // What the reader has not done with counts as under way: it may still have to be written down.
      await stop.unlessStopped(delivery?.done ?? Promise.resolve());
      if (batch !== undefined) delivery = await finish(batch);
      // Inputs of which none is sent involve no waiting, and timers and signals want their turn too.
      if (batch?.pairs.length === 0) await nextTask();
      else if (fed === undefined || fed.done === true) return;
    }
  };
  const runToEnd = async (): Promise<RunSummary> => {
    try {
      await Promise.all(Array.from({ length: concurrency }, work));
      former.flush();
      for (let batch = former.take(); batch !== undefined; batch = former.take()) await finish(batch);
      // A source that hangs would never answer; it is told to close, and not waited for.
      feeding.return().catch(() => undefined);
      if (stop.error !== undefined) observe({ type: 'stop', error: stop.error });
      const { requests, retries, waitedMs } = attempts;
      const counts = tally.counts(former.inputs);
      return { ...counts, requests, retries, waitedMs, merged, unmatchedErrors, stopped: stop.error };
    } finally {
      channel.close();
    }
  };

  let running: Promise<RunSummary> | undefined;
  let iterated = false;
  const start = (): Promise<RunSummary> => {
    if (running === undefined) {
      running = runToEnd();
      // Whoever waits for the summary or for the end of the loop sees the failure.
      running.catch(() => undefined);
    }
    return running;
  };
  const iterator: AsyncIterator<FinishedBatch, undefined> = {
    next: async () => {
      const ended = start();
      const next = await channel.next();
      if (next.done === true) await ended;
      return next;
    },
    return: async () => {
      stop.stop('abandoned');
      channel.abandon();
      await start();
      return { done: true, value: undefined };
    },
  };
  return {
    [Symbol.asyncIterator]: () => {
      iterated = true;
      return iterator;
    },
    get summary() {
      // A loop that begins in the same step gets the outcomes, whichever of the two is written first.
      return Promise.resolve().then(() => {
        if (!iterated) channel.abandon();
        return start();
      });
    },
  };
}

function countsOf({ outcomes }: FinishedBatch): Record<OutcomeKind, number> {
  const counts = { created: 0, failed: 0, invalid: 0, unconfirmed: 0, unsent: 0 };
  for (const { kind } of outcomes) counts[kind] += 1;
  return counts;
}
