import type { BatchPoster } from '../client/create-client.js';
import type { ClientEvent } from '../client/events.js';
import { createGate } from '../client/gate.js';
import { createAttemptCounts } from './attempts.js';
import type { Batch } from './batcher.js';
import type { BatchSource } from './batch-source.js';
import type { ObjectTypes } from './direction.js';
import { noOutcomes, type OutcomeCounts, type SettledBatch } from './outcome.js';
import { createRequest } from './request.js';
import { createSendBatch } from './send-batch.js';
import type { Stop } from './stop.js';

/** What a run associates, and how. */
export interface AssociateOptions<T> extends ObjectTypes {
  readonly client: BatchPoster;
  readonly source: BatchSource<T>;
  /** Receives each batch with its outcomes. The batch counts as in progress until it settles. */
  readonly settle: (batch: SettledBatch<T>) => Promise<void>;
  readonly concurrency: number;
  readonly stop: Stop;
  /** Ends requests in progress. */
  readonly signal: AbortSignal | undefined;
  readonly onEvent: (event: ClientEvent) => void;
  /** The number of the run in its events. */
  readonly run: number;
}

/** The number of requests of a run, and how long they waited. */
export interface AssociateCounts {
  /** Requests sent, including retries. */
  readonly requests: number;
  readonly retries: number;
  /** How long requests waited for the allowance, or for a pause that the API asked for, in milliseconds. */
  readonly waitedMs: number;
}

/** The number of batches that are prepared before their turn, so that preparing does not delay a burst. */
const batchesAhead = 2;

/**
 * Associates the batches of a source, at most `concurrency` at a time. Each batch is read, sent, settled
 * and handed over as a whole. When the run stops, the remaining batches are settled without being sent.
 */
export async function associate<T>(options: AssociateOptions<T>): Promise<AssociateCounts> {
  const { client, source, settle, concurrency, stop, run, onEvent } = options;
  const attempts = createAttemptCounts();
  const send = createSendBatch({ ...options, createRequest: createRequest({ ...options, attempts }) });
  const ahead = createGate(batchesAhead);
  // Only one worker reads at a time. If two waited for the same batch, both would wake up for it, and one
  // would assume that the source had ended.
  const reading = createGate(1);
  const takeNext = async (): Promise<Batch<T> | undefined> => {
    const leave = await reading.enter();
    const filling = source.fill();
    if (filling !== undefined) {
      client.expectBatch();
      await stop.unlessStopped(filling);
    }
    leave();
    return source.take();
  };
  const finish = async (batch: Batch<T>, onTurn: () => void): Promise<void> => {
    const settled = await send(batch, onTurn);
    onEvent({ type: 'batch.finished', run, batch: batch.number, ...countsOf(settled) });
    await settle(settled);
  };
  const work = async (): Promise<void> => {
    while (stop.error === undefined) {
      const leave = await ahead.enter();
      const batch = await takeNext();
      if (batch === undefined) {
        leave();
        return;
      }
      // While no request may be sent, there is time to prepare further batches, up to the concurrency.
      void client.idle().then(nextTask).then(leave);
      await finish(batch, leave);
      // A batch that sends nothing never waits, so yield to timers and signals.
      if (batch.pairs.from.length === 0) await nextTask();
    }
  };

  onEvent({ type: 'run.started', run, fromObjectType: options.fromObjectType, toObjectType: options.toObjectType });
  await Promise.all(Array.from({ length: concurrency }, work));
  for await (const batch of source.rest()) await finish(batch, () => undefined);
  if (stop.error !== undefined) onEvent({ type: 'run.stopped', error: stop.error });
  onEvent({ type: 'run.finished', run, stopped: stop.error });
  const { requests, retries, waitedMs } = attempts;
  return { requests, retries, waitedMs };
}

function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, 0);
  });
}

function countsOf<T>({ items, notCreated }: SettledBatch<T>): OutcomeCounts {
  const counts = { ...noOutcomes, created: items.length - notCreated.size };
  for (const { kind } of notCreated.values()) counts[kind] += 1;
  return counts;
}
