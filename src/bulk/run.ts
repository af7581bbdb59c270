import type { BatchPoster } from '../client/create-client.js';
import { ConfigurationError, type StoppedError } from '../client/errors.js';
import { emit, type ClientEvent } from '../client/events.js';
import { maximumInputs, validateObjectTypes } from '../client/validate.js';
import { associate, type AssociateCounts } from './associate.js';
import { arrayBatches } from './array-batches.js';
import type { InputBatches, Inputs } from './batch-source.js';
import { createChannel } from './channel.js';
import type { FinishedBatch, Outcome, SettledBatch } from './outcome.js';
import { createStop, type Stop } from './stop.js';
import { streamBatches } from './stream-batches.js';
import { createTally, type Counts } from './tally.js';

/** What a run associates. */
export interface CreateAllRequest {
  readonly fromObjectType: string;
  readonly toObjectType: string;
  /** Any number of pairs, read on demand. */
  readonly inputs: Inputs;
  /** Ends the run. Inputs in progress become `unconfirmed`; inputs that were read and still wait become `unsent`. */
  readonly signal?: AbortSignal | undefined;
  /**
   * Inputs per request, at most the spec's limit.
   * @defaultValue the spec's limit, 2,000
   */
  readonly batchSize?: number | undefined;
}

/** The result of a run. `created + failed + invalid + unconfirmed + unsent` equals `inputs`. */
export interface RunSummary extends Counts, AssociateCounts {
  /** Inputs that repeated the pair of an earlier input, and were merged with it. */
  readonly merged: number;
  /** Refusals of the API that name no sent input. */
  readonly unmatchedErrors: number;
  /** Why the run stopped early, if it did. */
  readonly stopped: StoppedError | undefined;
}

/**
 * A run. Iterate it to get each batch as it finishes, or await only `summary`, and no outcomes are kept. A
 * slow consumer slows the run down; one that stops reading stops it.
 */
export interface Run extends AsyncIterable<FinishedBatch> {
  /** Settles when every input that was read has its outcome. */
  readonly summary: Promise<RunSummary>;
}

/** The client's options for a run. */
export interface RunOptions {
  readonly concurrency: number;
  readonly onEvent: (event: ClientEvent) => void;
  /** The number of the run among those of its client, counted from 1. */
  readonly run: number;
}

/**
 * Associates any number of pairs, `concurrency` requests at a time.
 *
 * @throws InputError for the object types, ConfigurationError for the batch size. Nothing throws after
 *   that: a failed input is an outcome, and a stop is part of the summary.
 */
export function createAll(client: BatchPoster, request: CreateAllRequest, options: RunOptions): Run {
  const { inputs, signal, batchSize = maximumInputs } = request;
  validateObjectTypes(request);
  if (!Number.isInteger(batchSize) || batchSize < 1 || batchSize > maximumInputs) {
    throw new ConfigurationError('batchSize', `give a whole number from 1 to ${String(maximumInputs)}.`);
  }

  const stop = createStop(signal);
  return Array.isArray(inputs)
    ? startRun(client, request, arrayBatches(inputs, batchSize, stop), stop, options)
    : startRun(client, request, streamBatches(inputs, batchSize, stop), stop, options);
}

function startRun<T>(
  client: BatchPoster,
  { fromObjectType, toObjectType, signal }: CreateAllRequest,
  source: InputBatches<T>,
  stop: Stop,
  { concurrency, run, onEvent }: RunOptions,
): Run {
  const observe = (event: ClientEvent): void => {
    emit(onEvent, event);
  };
  const channel = createChannel<FinishedBatch>();
  const tally = createTally();
  let unmatchedErrors = 0;
  let merged = 0;

  const settle = async (batch: SettledBatch<T>): Promise<void> => {
    const finished = withOutcomes(batch, source);
    for (const { kind } of finished.outcomes) tally.add(kind);
    unmatchedErrors += batch.unmatchedErrors.length;
    merged += batch.merged;
    const delivery = await channel.push(finished);
    // A batch counts as in progress while the consumer works on it, since it may have to be recorded.
    await stop.unlessStopped(delivery.done);
  };
  const runToEnd = async (): Promise<RunSummary> => {
    try {
      const types = { fromObjectType, toObjectType };
      const how = { client, source, settle, concurrency, stop, signal, run };
      const counts = await associate({ ...how, ...types, onEvent: observe });
      return { ...tally.counts(source.itemsRead), ...counts, merged, unmatchedErrors, stopped: stop.error };
    } finally {
      stop.end();
      channel.close();
    }
  };

  let running: Promise<RunSummary> | undefined;
  let iterated = false;
  const start = (): Promise<RunSummary> => {
    if (running === undefined) {
      running = runToEnd();
      // The caller gets the error from the summary or the loop.
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
      // A loop that starts in the same tick still gets the outcomes, even if `summary` is read first.
      return Promise.resolve().then(() => {
        if (!iterated) channel.abandon();
        return start();
      });
    },
  };
}

function withOutcomes<T>(batch: SettledBatch<T>, { inputOf }: InputBatches<T>): FinishedBatch {
  const { items, itemsBefore, notCreated, merged, ...facts } = batch;
  const outcomes = items.map((item, at): Outcome => {
    const { index, input } = inputOf(item, itemsBefore + at);
    const verdict = notCreated.get(at);
    return verdict === undefined ? { kind: 'created', index, input } : { ...verdict, index, input };
  });
  // Merged pairs are sent last, so their inputs are out of order.
  return { ...facts, outcomes: merged === 0 ? outcomes : outcomes.sort((a, b) => a.index - b.index) };
}
