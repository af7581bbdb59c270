import { ApiError } from '../client/errors.js';
import type { CommonRefusal } from './common-refusal.js';
import { isContentRefusal, noCalls, type ContentRefusal, type Failure, type SendPairs } from './request.js';
import { halve, type Part, type Settlement } from './settlement.js';

/**
 * Maximum requests to isolate the bad inputs of one batch, after the first. Finding k of them among n by
 * halving takes about 2 k log₂(n/k) + 2 k requests, so this is enough for 36 among 2,000.
 */
export const isolationRequests = 500;

/** After this many refused parts and none accepted, the whole batch is assumed to be bad: 2 + 4 + 8 + 16 + 32. */
const fruitlessRequests = 62;

/** The same limit if the probe was also refused for every pair: 2 + 4 + 8. */
const fruitlessAfterProbe = 14;

/** Separates the good inputs of a refused batch from the bad ones, within a budget of requests. */
export interface Isolation {
  /** @param refusal - The refusal of the whole part. */
  isolate(refused: Part, refusal: ContentRefusal, request: SendPairs, settlement: Settlement): Promise<void>;
}

/**
 * Each batch without an accepted part halves the budget of the next ones, down to zero, since something is
 * probably wrong with all of them. One accepted part restores the budget.
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

      // Breadth first, to find an accepted part early.
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

/** Makes the failure of pairs that could not be isolated within the budget. */
function refusedTogether(error: ApiError, count: number): Failure {
  const message = `One of ${String(count)} inputs that were refused together and could not be isolated: ${error.message}`;
  const together = count === 1 ? error : new ApiError(message, error);
  return { kind: 'failure', judgement: { kind: 'failed', error: together }, calls: noCalls };
}
