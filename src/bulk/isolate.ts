import { ApiError } from '../client/errors.js';
import type { Pair } from './merge-pairs.js';
import { noCalls, type Calls, type Failure, type RequestPairs, type Settled } from './request-pairs.js';

/** What is left for telling the good inputs of a refused batch from the bad ones. */
export interface IsolationBudget {
  /** Takes one request out of the budget; says whether there was one left. */
  spend(): boolean;
  /** A part of the batch has been accepted. */
  accepted(): void;
  /** Nothing more is going to be sent of this batch. */
  end(): void;
}

/** The budgets of the batches of a run. */
export interface Isolation {
  begin(): IsolationBudget;
}

/**
 * Requests that go into one refused batch at most, after the first. To find k bad inputs among n by
 * halving takes about 2 k log₂(n/k) + 2 k of them: enough for 36 among 2,000.
 */
export const isolationRequests = 500;

/** When so many parts have been refused and none accepted, all of the batch is at fault: 2 + 4 + 8 + 16 + 32. */
const hopelessRequests = 62;

/** The statuses with which the API refuses a request for what is in it. */
const refusesContent = new Set([400, 404, 413]);

/** Whether a request was refused for what is in it, which may be a few of its inputs only. */
export function isIsolable(failure: Failure): failure is Failure & { judgement: { kind: 'failed' } } {
  const { judgement } = failure;
  return judgement.kind === 'failed' && refusesContent.has(judgement.error.status);
}

/**
 * Each batch of which no part is accepted halves the budget of those after it, down to none: then
 * something is wrong with all of them. One part that is accepted restores it.
 */
export function createIsolation(): Isolation {
  let most = isolationRequests;
  return {
    begin: () => {
      let spent = 0;
      let anyAccepted = false;
      return {
        spend: () => {
          if (spent >= (anyAccepted ? isolationRequests : Math.min(most, hopelessRequests))) return false;
          spent += 1;
          return true;
        },
        accepted: () => {
          anyAccepted = true;
          most = isolationRequests;
        },
        end: () => {
          if (!anyAccepted) most = Math.floor(most / 2);
        },
      };
    },
  };
}

/**
 * Halves refused pairs until those at fault stand alone, each with the API's own reason, level by
 * level: so that a part that is accepted shows early.
 *
 * @param error - The refusal of all of them together.
 * @param settleFailure - What becomes of a part whose request failed in another way.
 */
export async function isolate(
  refused: readonly Pair[],
  error: ApiError,
  budget: IsolationBudget,
  request: RequestPairs,
  settleFailure: (part: readonly Pair[], failure: Failure) => Settled,
): Promise<{ settled: Settled[]; refusals: Calls[] }> {
  const settled: Settled[] = [];
  const refusals: Calls[] = [];
  const parts = halve(refused).map((pairs) => ({ pairs, error }));
  for (let part = parts.shift(); part !== undefined; part = parts.shift()) {
    const { pairs } = part;
    if (!budget.spend()) {
      settled.push(settleFailure(pairs, refusedTogether(part.error, pairs.length)));
      continue;
    }
    const result = await request(pairs);
    if (!('judgement' in result)) {
      budget.accepted();
      settled.push(result);
    } else if (pairs.length > 1 && isIsolable(result)) {
      const { error } = result.judgement;
      refusals.push(result.calls);
      parts.push(...halve(pairs).map((half) => ({ pairs: half, error })));
    } else settled.push(settleFailure(pairs, result));
  }
  budget.end();
  return { settled, refusals };
}

function halve<T>(items: readonly T[]): T[][] {
  const middle = Math.ceil(items.length / 2);
  return [items.slice(0, middle), items.slice(middle)];
}

/** The refusal of pairs that could not be told apart within the budget. */
function refusedTogether(error: ApiError, count: number): Failure {
  const message = `One of ${String(count)} inputs that were refused together, and not told apart: ${error.message}`;
  const together = count === 1 ? error : new ApiError(message, error);
  return { judgement: { kind: 'failed', error: together, mayBeDone: false }, calls: noCalls };
}
