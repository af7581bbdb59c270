import type { Batcher } from './batcher.js';
import { pairKey } from './pair-key.js';
import { unionOfTypes, withTypes, type WrittenInput } from './written-input.js';

/** A pair with all items that name it. */
export interface MergedPair<T> {
  /** The input to send: the first one that names the pair, with the types of all of them. */
  readonly written: WrittenInput;
  readonly items: readonly [T, ...T[]];
}

/** An item and the pair that it names. */
export interface Named<T> {
  readonly item: T;
  readonly written: WrittenInput;
}

/**
 * Merges inputs that name the same pair. HubSpot replaces the types of a pair that is associated again
 * (https://developers.hubspot.com/docs/api-reference/legacy/crm/associations/associate-records/guide), so
 * one input must hold the types of all.
 */
export function mergePairs<T>(named: Iterable<Named<T>>): Iterable<MergedPair<T>> {
  const pairs = new Map<string, { written: WrittenInput; types: string; items: [T, ...T[]] }>();
  for (const { item, written } of named) {
    const key = pairKey(written.from, written.to);
    const known = pairs.get(key);
    if (known === undefined) {
      pairs.set(key, { written, types: written.types, items: [item] });
      continue;
    }
    known.items.push(item);
    known.types = unionOfTypes(known.types, written.types);
  }
  return merged(pairs.values());
}

function* merged<T>(
  pairs: Iterable<{ written: WrittenInput; types: string; items: [T, ...T[]] }>,
): Generator<MergedPair<T>, void> {
  for (const { written, types, items } of pairs) {
    const text = types === written.types ? written.text : withTypes(written.text, types);
    yield { written: { ...written, types, text }, items };
  }
}

/** Adds a merged pair to a batch once, with all items that name it. */
export function addMerged<T>(batcher: Batcher<T>, { written, items: [first, ...others] }: MergedPair<T>): void {
  const pair = batcher.add(written, first);
  for (const item of others) batcher.repeat(item, pair);
}
