import type { StandardError } from '../../generated/schema.js';
import type { Client } from '../client/create-client.js';
import type { StoppedError } from '../client/errors.js';
import type { Batch } from './form-batches.js';
import { judgeFailure } from './judge-failure.js';
import type { FinishedBatch, IndexedInput, Outcome } from './outcome.js';
import { reconcile } from './reconcile.js';
import type { Stop } from './stop.js';

/** Sends batches, and counts what it sent. */
export interface BatchSender {
  readonly requests: number;
  /** Sends a batch, or does not when the run has stopped; each of its inputs gets its outcome. */
  send(batch: Batch): Promise<FinishedBatch>;
}

/** What is the same for all batches of a run. */
export interface BatchSenderOptions {
  readonly client: Pick<Client, 'batchCreate'>;
  readonly fromObjectType: string;
  readonly toObjectType: string;
  readonly signal: AbortSignal | undefined;
  readonly stop: Stop;
}

/** A server that leaves so many requests in a row without a usable answer is not asked again. */
const unansweredRequests = 3;

export function createBatchSender(options: BatchSenderOptions): BatchSender {
  const { client, fromObjectType, toObjectType, signal, stop } = options;
  let requests = 0;
  let unanswered = 0;

  const request = async (inputs: readonly IndexedInput[]): Promise<ReturnType<typeof reconcile>> => {
    requests += 1;
    try {
      const body = inputs.map(({ input }) => input);
      const reply = await client.batchCreate({ fromObjectType, toObjectType, inputs: body }, { signal });
      unanswered = 0;
      return reconcile(inputs, reply, { fromObjectType, toObjectType });
    } catch (error) {
      return { outcomes: outcomesOfFailure(inputs, error), unmatchedErrors: [] };
    }
  };

  const outcomesOfFailure = (inputs: readonly IndexedInput[], cause: unknown): Outcome[] => {
    const judgement = judgeFailure(cause);
    unanswered = judgement.kind === 'unconfirmed' ? unanswered + 1 : 0;
    if (judgement.kind === 'unsent') return unsent(inputs, stop.stop(judgement.stop, cause));
    if (judgement.stop !== undefined) stop.stop(judgement.stop, cause);
    if (unanswered >= unansweredRequests) stop.stop('unreachable', cause);
    return inputs.map((item) => ({ ...item, ...judgement }));
  };

  return {
    get requests() {
      return requests;
    },
    send: async ({ number, inputs, invalid }) => {
      let outcomes: Outcome[] = [];
      let unmatchedErrors: StandardError[] = [];
      if (stop.error !== undefined) outcomes = unsent(inputs, stop.error);
      else if (inputs.length > 0) ({ outcomes, unmatchedErrors } = await request(inputs));
      return { number, outcomes: [...outcomes, ...invalid].sort((a, b) => a.index - b.index), unmatchedErrors };
    },
  };
}

function unsent(inputs: readonly IndexedInput[], error: StoppedError): Outcome[] {
  return inputs.map((item) => ({ kind: 'unsent', ...item, error }));
}
