import type { AssociationSpec } from '../../generated/schema.js';
import { isAssociationInput, type AssociationInput } from '../client/validate.js';
import type { IndexedInput, Outcome } from './outcome.js';
import { pairKey } from './pair-key.js';

/**
 * A pair on its way. HubSpot replaces the labels of a pair that is associated again
 * (https://developers.hubspot.com/docs/api-reference/legacy/crm/associations/associate-records/guide),
 * so one request has to hold the types of all inputs that name it.
 */
export interface Pair extends IndexedInput {
  /** What is sent: the input, with the types of others that name the pair. */
  sent: AssociationInput;
  /** What became of it, once its batch has finished. */
  outcome: Outcome | undefined;
  readonly batch: BatchProgress;
}

/** Whether a batch has finished. */
export interface BatchProgress {
  readonly finished: Promise<void>;
  finish(): void;
}

export function createBatchProgress(): BatchProgress {
  let finish: () => void = () => undefined;
  const finished = new Promise<void>((resolve) => {
    finish = resolve;
  });
  return { finished, finish };
}

/** An input that names a pair which another input has named before: that one's outcome is its own. */
export interface Repetition extends IndexedInput {
  readonly pair: Pair;
}

/** What to do with an input. */
type Placement =
  | { readonly kind: 'send'; readonly pair: Pair; readonly after: Pair | undefined }
  | { readonly kind: 'repeat'; readonly repetition: Repetition };

/** Remembers the pairs of a run. */
export interface PairMemory {
  /** @param batch - The batch that is being formed: the types of a pair in it may still grow. */
  place(item: IndexedInput, batch: BatchProgress): Placement;
}

/** How many finished pairs are remembered of inputs that come one by one. */
const rememberedPairs = 20_000;

/**
 * Of an array the whole is known: every pair is sent once, with all its types. Of inputs that can
 * be read only once, a pair is remembered until it has its outcome and 20,000 others have come
 * since. As long as it is, a repetition is not sent again; and an input with further types waits
 * for the pair's outcome and goes out with all types so far, so that it takes none away.
 */
export function createPairMemory(inputs: Iterable<AssociationInput> | AsyncIterable<AssociationInput>): PairMemory {
  const wholeTypes = Array.isArray(inputs) ? typesOfRepeatedPairs(inputs) : undefined;
  const known = new Map<string, Pair>();
  let forgetAt = 2 * rememberedPairs;

  const remember = (key: string, pair: Pair): void => {
    if (wholeTypes !== undefined && !wholeTypes.has(key)) return;
    known.delete(key);
    known.set(key, pair);
    if (wholeTypes === undefined && known.size >= forgetAt) forget();
  };
  /** Many at once: to look for the oldest of a map takes long where many have been removed. */
  const forget = (): void => {
    for (const [key, pair] of known) {
      if (known.size <= rememberedPairs || pair.outcome === undefined) break;
      known.delete(key);
    }
    forgetAt = known.size + rememberedPairs;
  };

  return {
    place: (item, batch) => {
      const key = keyOf(item.input);
      const before = known.get(key);
      if (before === undefined) {
        const pair = createPair(item, wholeTypes?.get(key) ?? item.input.types, batch);
        remember(key, pair);
        return { kind: 'send', pair, after: undefined };
      }
      const types = union(before.sent.types, item.input.types);
      if (types.length > before.sent.types.length) {
        if (before.batch !== batch) {
          const pair = createPair(item, types, batch);
          remember(key, pair);
          return { kind: 'send', pair, after: before };
        }
        before.sent = { ...before.sent, types };
      }
      return { kind: 'repeat', repetition: { ...item, pair: before } };
    },
  };
}

/** The types of each pair that is named more than once, over all inputs. */
function typesOfRepeatedPairs(inputs: readonly AssociationInput[]): Map<string, AssociationSpec[]> {
  const first = new Map<string, AssociationInput>();
  const types = new Map<string, AssociationSpec[]>();
  for (const input of inputs) {
    if (!isAssociationInput(input)) continue;
    const key = keyOf(input);
    const before = types.get(key) ?? first.get(key)?.types;
    if (before === undefined) first.set(key, input);
    else types.set(key, union(before, input.types));
  }
  return types;
}

function createPair({ index, input }: IndexedInput, types: readonly AssociationSpec[], batch: BatchProgress): Pair {
  const sent = types.length > input.types.length ? { ...input, types: [...types] } : input;
  return { index, input, sent, outcome: undefined, batch };
}

/** All types of both, each once; the first list as it is where the second adds nothing. */
function union(some: readonly AssociationSpec[], more: readonly AssociationSpec[]): AssociationSpec[] {
  const added = more.filter((type) => !some.some((known) => isSameType(known, type)));
  return [...some, ...added.filter((type, place) => added.findIndex((other) => isSameType(other, type)) === place)];
}

function isSameType(one: AssociationSpec, other: AssociationSpec): boolean {
  return one.associationTypeId === other.associationTypeId && one.associationCategory === other.associationCategory;
}

function keyOf({ from, to }: AssociationInput): string {
  return pairKey(from.id, to.id);
}
