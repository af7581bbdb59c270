import type { Client } from '../client/create-client.js';
import { ConfigurationError, type StoppedError } from '../client/errors.js';
import { maximumInputs, validateObjectTypes, type AssociationInput } from '../client/validate.js';
import { createChannel } from './channel.js';
import { createBatchFormer, feed, type Batch } from './form-batches.js';
import type { FinishedBatch } from './outcome.js';
import { createBatchSender } from './send-batch.js';
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
  /** Requests sent. */
  readonly requests: number;
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
export function createAll(client: Pick<Client, 'batchCreate'>, request: CreateAllRequest, concurrency: number): Run {
  const { inputs, fromObjectType, toObjectType, signal, batchSize = maximumInputs } = request;
  validateObjectTypes(request);
  if (!Number.isInteger(batchSize) || batchSize < 1 || batchSize > maximumInputs) {
    throw new ConfigurationError('batchSize', `give a whole number from 1 to ${String(maximumInputs)}.`);
  }

  const stop = createStop(signal);
  const former = createBatchFormer(batchSize);
  const feeding = feed(former, inputs, stop);
  const sender = createBatchSender({ client, fromObjectType, toObjectType, signal, stop });
  const channel = createChannel<FinishedBatch>();
  const tally = createTally();
  let unmatchedErrors = 0;

  const finish = async (batch: Batch): Promise<void> => {
    const finished = await sender.send(batch);
    for (const { kind } of finished.outcomes) tally.add(kind);
    unmatchedErrors += finished.unmatchedErrors.length;
    await channel.push(finished);
  };
  const work = async (): Promise<void> => {
    while (stop.error === undefined) {
      const fed = await stop.unlessStopped(feeding.next());
      const batch = former.take();
      if (batch !== undefined) await finish(batch);
      // Invalid inputs alone involve no waiting, and timers and signals want their turn too.
      if (batch?.inputs.length === 0) await nextTask();
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
      return { ...tally.counts(former.inputs), requests: sender.requests, unmatchedErrors, stopped: stop.error };
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
