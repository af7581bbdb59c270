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
  /** Is given each batch that has its outcomes; until it settles, the batch counts as under way. */
  readonly settle: (batch: SettledBatch<T>) => Promise<void>;
  readonly concurrency: number;
  readonly stop: Stop;
  /** Ends what is under way. */
  readonly signal: AbortSignal | undefined;
  readonly onEvent: (event: ClientEvent) => void;
  /** The number of the run, as its events say it. */
  readonly run: number;
}

/** What a run took. */
export interface AssociateCounts {
  /** Requests sent, those that were retries included. */
  readonly requests: number;
  readonly retries: number;
  /** How long requests waited for the allowance, or for a pause that the API asked for, in milliseconds. */
  readonly waitedMs: number;
}

/** So many batches are ready before their turn comes, so that a burst is not held up by preparing more. */
const batchesAhead = 2;

/**
 * Associates the batches of a source, at most `concurrency` at a time. Each is read, sent, settled
 * and handed over as a whole; when the run stops, the rest is settled without being sent.
 */
export async function associate<T>(options: AssociateOptions<T>): Promise<AssociateCounts> {
  const { client, source, settle, concurrency, stop, run, onEvent } = options;
  const attempts = createAttemptCounts();
  const send = createSendBatch({ ...options, createRequest: createRequest({ ...options, attempts }) });
  const ahead = createGate(batchesAhead);
  // Two who wait for the same batch would both wake up for it, and one would take the source for ended.
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
      // As long as no request may be sent there is time to prepare all that may be under way.
      void client.idle().then(nextTask).then(leave);
      await finish(batch, leave);
      // Batches of which nothing is sent involve no waiting, and timers and signals want their turn too.
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
