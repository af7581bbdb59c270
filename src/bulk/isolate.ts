import { ApiError } from '../client/errors.js';
import type { CommonRefusal } from './common-refusal.js';
import { isContentRefusal, noCalls, type ContentRefusal, type Failure, type Request } from './request.js';
import { halve, type Part, type Settlement } from './settlement.js';

/**
 * Requests that go into one refused batch at most, after the first. To find k bad inputs among n by
 * halving takes about 2 k log₂(n/k) + 2 k of them: enough for 36 among 2,000.
 */
export const isolationRequests = 500;

/** After so many refused parts, and none accepted, all of the batch is at fault: 2 + 4 + 8 + 16 + 32. */
const fruitlessRequests = 62;

/** The same where every pair that was tried alone has been refused, too: 2 + 4 + 8. */
const fruitlessAfterProbe = 14;

/** Separates the good inputs of a refused batch from the bad ones, within a budget of requests. */
export interface Isolation {
  /** @param refusal - The refusal of all of them together. */
  isolate(refused: Part, refusal: ContentRefusal, request: Request, settlement: Settlement): Promise<void>;
}

/**
 * Each batch of which no part is accepted halves the budget of those after it, down to none: then
 * something is wrong with all of them. One part that is accepted restores it.
 */
export function createIsolation(common: CommonRefusal): Isolation {
  let most = isolationRequests;
  return {
    isolate: async (refused, refusal, request, settlement) => {
      const probe = await common.probe(refused, request, settlement);
      const fruitless = probe.allRefused ? fruitlessAfterProbe : fruitlessRequests;
      let spent = probe.requests;
      let anyAccepted = probe.anyAccepted;
      const hasBudget = (): boolean => spent < (anyAccepted ? isolationRequests : Math.min(most, fruitless));

      // Level by level, so that a part that is accepted shows early.
      const parts = halve(probe.rest).map((part) => ({ part, error: refusal.judgement.error }));
      for (let next = parts.shift(); next !== undefined; next = parts.shift()) {
        const { part, error } = next;
        if (!hasBudget()) {
          settlement.failed(part, refusedTogether(error, part.places.length));
          continue;
        }
        spent += 1;
        const result = await request(part.pairs);
        if (result.kind === 'answered') {
          anyAccepted = true;
          common.accepted();
          settlement.answered(part, result);
        } else if (part.places.length > 1 && isContentRefusal(result)) {
          settlement.count(result.calls);
          parts.push(...halve(part).map((half) => ({ part: half, error: result.judgement.error })));
        } else {
          settlement.failed(part, result);
        }
      }
      most = anyAccepted ? isolationRequests : Math.floor(most / 2);
    },
  };
}

/** The refusal of pairs that could not be isolated within the budget. */
function refusedTogether(error: ApiError, count: number): Failure {
  const message = `One of ${String(count)} inputs that were refused together and could not be isolated: ${error.message}`;
  const together = count === 1 ? error : new ApiError(message, error);
  return { kind: 'failure', judgement: { kind: 'failed', error: together }, calls: noCalls };
}
