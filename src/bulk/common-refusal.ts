import { associationTypeProblem, isDocumentedType } from '../client/association-types.js';
import { StoppedError, type ApiError } from '../client/errors.js';
import { isJsonObject, member, stringMember } from '../client/json.js';
import type { AssociationSpec } from '../../generated/schema.js';
import { schemas } from '../../generated/validators.js';
import { createDeferred } from './deferred.js';
import type { ObjectTypes } from './direction.js';
import type { RequestPairs } from './request-body.js';
import { isContentRefusal, type SendPairs } from './request.js';
import { partOf, type Part, type Settlement } from './settlement.js';
import type { Stop } from './stop.js';

/** The result of sending a few pairs of a refused batch one by one. */
interface ProbeResult {
  /** The pairs that were not sent. */
  readonly rest: Part;
  /** The number of requests sent. */
  readonly requests: number;
  readonly allRefused: boolean;
  readonly anyAccepted: boolean;
}

/** Detects that the API refuses every pair of a run for the same reason, such as a wrong association type. */
export interface CommonRefusal {
  /**
   * Sends a batch once no other batch is being probed. If HubSpot does not document the run's first type
   * for its direction, sends batches one after another until one is accepted.
   */
  inTurn<T>(pairs: RequestPairs, send: () => Promise<T>): Promise<T>;
  /** Notes that the API has accepted a request of this run. */
  accepted(): void;
  /** Notes that a pair was refused alone. Enough of these stop the run, if nothing has been accepted. */
  refusedAlone(pair: RequestPairs, error: ApiError): void;
  /** Sends a few pairs of a refused batch one by one, as long as nothing has been accepted. */
  probe(refused: Part, request: SendPairs, settlement: Settlement): Promise<ProbeResult>;
}

/** Smaller batches are not probed: isolating them takes few requests. */
const smallestProbed = 10;

/**
 * How many pairs, refused alone and for the same reason, stop a run. Fewer if HubSpot documents the type
 * for another direction.
 */
const refusalsThatStop = 15;
const refusalsOfWrongType = 5;

export function createCommonRefusal(types: ObjectTypes, stop: Stop): CommonRefusal {
  const refusals = new Map<string, number>();
  const firstAccepted = createDeferred<true>();
  let anyAccepted = false;
  let isDoubtful: boolean | undefined;
  let probing: Promise<unknown> = Promise.resolve();
  let lastTurn: Promise<unknown> = Promise.resolve();

  const accepted = (): void => {
    anyAccepted = true;
    firstAccepted.resolve(true);
  };
  const problemsWith = (used: readonly AssociationSpec[]): string[] =>
    used.flatMap((type) => associationTypeProblem(type, types.fromObjectType, types.toObjectType) ?? []);

  const refusedAlone = (pair: RequestPairs, error: ApiError): void => {
    if (anyAccepted) return;
    const reason = reasonOf(error);
    const count = (refusals.get(reason) ?? 0) + 1;
    refusals.set(reason, count);
    const used = typesOf(pair);
    const problems = problemsWith(used);
    if (count < (problems.length > 0 ? refusalsOfWrongType : refusalsThatStop)) return;
    stop.stop('refused', new StoppedError(explain(error, used, problems, types), { reason: 'refused', cause: error }));
  };
  const tryAlone = async (refused: Part, request: SendPairs, settlement: Settlement): Promise<ProbeResult> => {
    const last = refused.places.length - 1;
    const tried = [0, 0.25, 0.5, 0.75, 1].map((share) => Math.floor(share * last));
    const rest = (): Part => partOf(refused, refused.places.map((_, at) => at).filter((at) => !done.has(at))); // prettier-ignore
    const done = new Set<number>();
    for (const at of tried) {
      if (anyAccepted || stop.error !== undefined) break;
      const pair = partOf(refused, [at]);
      const result = await request(pair.pairs);
      done.add(at);
      if (result.kind === 'answered') {
        accepted();
        settlement.answered(pair, result);
        return { rest: rest(), requests: done.size, allRefused: false, anyAccepted: true };
      }
      settlement.failed(pair, result);
      if (!isContentRefusal(result)) break;
      refusedAlone(pair.pairs, result.judgement.error);
    }
    return { rest: rest(), requests: done.size, allRefused: done.size === tried.length, anyAccepted: false };
  };

  return {
    inTurn: async (pairs, send) => {
      isDoubtful ??= !typesOf(pairs).every((type) => isDocumentedType(type, types.fromObjectType, types.toObjectType));
      if (anyAccepted || !isDoubtful) {
        await probing;
        return send();
      }
      const turn = Promise.race([lastTurn, firstAccepted.promise]).then(send);
      lastTurn = turn.catch(() => undefined);
      return turn;
    },
    accepted,
    refusedAlone,
    probe: (refused, request, settlement) => {
      if (refused.places.length < smallestProbed) {
        return Promise.resolve({ rest: refused, requests: 0, allRefused: false, anyAccepted: false });
      }
      const probe = probing.then(() => tryAlone(refused, request, settlement));
      probing = probe.catch(() => undefined);
      return probe;
    },
  };
}

/** The reason of a refusal, without the parts that differ from pair to pair. */
function reasonOf({ status, category, subCategory, body }: ApiError): string {
  const message = stringMember(body, 'message')?.replaceAll(/\d+/g, '…');
  const found = member(body, 'context');
  const context = isJsonObject(found) ? Object.keys(found) : [];
  return JSON.stringify([status, category, subCategory, message, context]);
}

function typesOf({ types: [text = '[]'] }: RequestPairs): readonly AssociationSpec[] {
  const types: unknown = JSON.parse(text);
  return (Array.isArray(types) ? types : []).filter((type) => schemas.AssociationSpec(type));
}

function explain(
  error: ApiError,
  types: readonly AssociationSpec[],
  problems: readonly string[],
  { fromObjectType, toObjectType }: ObjectTypes,
): string {
  const names = types.map(({ associationCategory, associationTypeId }) => `${associationCategory} ${String(associationTypeId)}`); // prettier-ignore
  const direction = `${fromObjectType} → ${toObjectType}`;
  const advice =
    problems.length > 0
      ? problems.join(' ')
      : `Check that the account has this association type, and that it is one of ${direction}: each direction has its own.`;
  return `The API has accepted nothing, and refuses every pair for the same reason. They were sent as ${names.join(' and ')}, ${direction}. ${advice} The last refusal: ${error.message}`;
}
