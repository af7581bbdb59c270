import type { ClientEvent } from '../client/events.js';
import type { Batch } from './batcher.js';
import { createCommonRefusal } from './common-refusal.js';
import type { ObjectTypes } from './direction.js';
import { createIsolation } from './isolate.js';
import type { NotCreated, SettledBatch, Verdicts } from './outcome.js';
import { pairKey } from './pair-key.js';
import type { RequestPairs } from './request-body.js';
import { isContentRefusal, type SendPairs } from './request.js';
import { createSettlement, partOf, type Part, type Settlement } from './settlement.js';
import type { Stop } from './stop.js';

/**
 * Sends a batch, unless the run has stopped, and gives each of its items an outcome.
 *
 * @param onTurn - Called when the first request is being sent, or when none will be.
 */
export type SendBatch = <T>(batch: Batch<T>, onTurn: () => void) => Promise<SettledBatch<T>>;

export interface SendBatchOptions extends ObjectTypes {
  readonly createRequest: (batch: number, onTurn: () => void) => SendPairs;
  readonly stop: Stop;
  readonly onEvent: (event: ClientEvent) => void;
  readonly run: number;
}

export function createSendBatch(options: SendBatchOptions): SendBatch {
  const { createRequest, stop, run, onEvent } = options;
  const common = createCommonRefusal(options, stop);
  const isolation = createIsolation(common);

  const settlePart = async (part: Part, request: SendPairs, settlement: Settlement): Promise<void> => {
    const result = await request(part.pairs);
    if (result.kind === 'answered') {
      common.accepted();
      settlement.answered(part, result);
    } else if (!isContentRefusal(result)) {
      settlement.failed(part, result);
    } else if (part.places.length === 1) {
      settlement.failed(part, result);
      common.refusedAlone(part.pairs, result.judgement.error);
    } else {
      settlement.count(result.calls);
      if (result.judgement.mayHaveSucceeded) settlement.mayHaveSucceeded();
      await isolation.isolate(part, result, request, settlement);
    }
  };
  const settlePairs = async (pairs: RequestPairs, request: SendPairs): Promise<Settlement> => {
    const settlement = createSettlement(stop);
    const all: Part = { pairs, places: pairs.from.map((_, place) => place) };
    await settlePart(all, request, settlement);
    // Resend pairs that the reply does not mention, without the others.
    const unmentioned = settlement.takeUnmentioned();
    if (unmentioned.length > 0) settlement.mayHaveSucceeded();
    for (const places of separateMirrorImages(pairs, unmentioned))
      await settlePart(partOf(all, places), request, settlement);
    return settlement;
  };

  return async (batch, onTurn) => {
    const { number, pairs, items, itemsBefore, repeated, after, settled } = batch;
    const startedAt = new Date();
    // An earlier request for the same pair with fewer types must not arrive after this one: it would remove
    // types.
    await Promise.all(after.map((earlier) => earlier.settled.promise));
    const inputs = pairs.from.length;
    const send = (): Promise<Settlement> => {
      if (stop.error === undefined) onEvent({ type: 'batch.sent', run, batch: number, inputs });
      return settlePairs(pairs, createRequest(number, onTurn));
    };
    const settlement = inputs === 0 ? createSettlement(stop) : await common.inTurn(pairs, send);
    onTurn();
    const { notCreated, unmatchedErrors, calls } = settlement;
    settled.resolve(notCreated);
    const merged = items.length - inputs - batch.refused.size;
    if (merged > 0) onEvent({ type: 'inputs.merged', run, batch: number, inputs: merged });
    const earlier = await Promise.all([...repeated.values()].map(({ batch }) => batch.settled.promise));
    return {
      ...{ number, items, itemsBefore, merged, unmatchedErrors, ...calls, startedAt, finishedAt: new Date() },
      notCreated: verdictsOfItems(batch, notCreated, earlier),
    };
  };
}

/** The verdict of each item: that of its pair, in whichever batch the pair was sent. */
function verdictsOfItems<T>(batch: Batch<T>, ofPairs: Verdicts, ofRepeated: readonly Verdicts[]): Verdicts {
  const verdicts = new Map<number, NotCreated>();
  for (const [at, error] of batch.refused) verdicts.set(at, { kind: 'invalid', error });
  for (const [index, [at, { place }]] of [...batch.repeated].entries()) {
    const verdict = ofRepeated[index]?.get(place);
    if (verdict !== undefined) verdicts.set(at, verdict);
  }
  if (ofPairs.size === 0) return verdicts;
  if (batch.places === undefined) return ofPairs;
  for (const [at, place] of batch.places.entries()) {
    const verdict = place === undefined ? undefined : ofPairs.get(place);
    if (verdict !== undefined) verdicts.set(at, verdict);
  }
  return verdicts;
}

/**
 * Groups the places so that a pair and its mirror image are sent separately: between records of one type, a
 * reply to both may not distinguish them.
 */
function separateMirrorImages({ from, to }: RequestPairs, places: readonly number[]): number[][] {
  const keys = new Set(places.map((place) => pairKey(from[place] ?? '', to[place] ?? '')));
  const hasMirror = (place: number): boolean => keys.has(pairKey(to[place] ?? '', from[place] ?? ''));
  const isSecond = (place: number): boolean => (from[place] ?? '') > (to[place] ?? '') && hasMirror(place);
  const groups = [places.filter((place) => !isSecond(place)), places.filter(isSecond)];
  return groups.filter(({ length }) => length > 0);
}
