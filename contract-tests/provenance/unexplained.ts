import { isDeepStrictEqual } from 'node:util';
import { differenceOf, type Difference } from './difference.js';
import type { Fact } from './fact.js';
import { isGroup } from './place-words.js';
import { renamesAmong, type Holder } from './renames.js';
import { statedTwice } from './stated-twice.js';

/**
 * Compares the facts of the capture with those of its provenance, in both directions. An edit yields one
 * difference: a parameter, not each of its facts.
 */
export function unexplained(captureFacts: readonly Fact[], provenanceFacts: readonly Fact[]): Difference[] {
  const twice = statedTwice(captureFacts);
  const captured = byPlace(captureFacts);
  const stated = byPlace(provenanceFacts);
  const isCompared = ({ place }: Fact): boolean => !twice.some((other) => isWithin(place, other.place));
  const added = holdersOf(
    captureFacts.filter((fact) => !stated.has(keyOf(fact)) && isCompared(fact)),
    provenanceFacts,
  );
  const gone = holdersOf(
    provenanceFacts.filter((fact) => !captured.has(keyOf(fact)) && isCompared(fact)),
    captureFacts,
  );
  const renames = renamesAmong(added, gone);
  const isRenamed = (holder: Holder): boolean =>
    renames.some((rename) => rename.to === holder || rename.gone.includes(holder));
  const changed = [...captured.values()].flatMap((fact): [Fact, Fact][] => {
    const recorded = stated.get(keyOf(fact));
    const agree = recorded === undefined || isDeepStrictEqual(fact.value, recorded.value);
    return agree || !isCompared(fact) || renames.some((rename) => rename.explains(fact, recorded))
      ? []
      : [[fact, recorded]];
  });
  return [
    ...twice,
    ...renames.map(({ from, to }) => differenceOf({ kind: 'renamed', from, to })),
    ...added
      .filter((holder) => !isRenamed(holder) && !isLeftBehind(holder, gone))
      .map((holder) => differenceOf({ kind: 'new', holder })),
    ...changed
      .filter(([fact, recorded]) => !isCoveredByEnum(fact, recorded, [...added, ...gone]))
      .map(([fact, recorded]) => differenceOf({ kind: 'changed', fact, recorded })),
    ...gone.filter((holder) => !isRenamed(holder)).map((holder) => differenceOf({ kind: 'gone', holder })),
  ];
}

function keyOf({ place }: Fact): string {
  return JSON.stringify(place);
}

function byPlace(facts: readonly Fact[]): Map<string, Fact> {
  return new Map(facts.map((fact) => [keyOf(fact), fact]));
}

function isWithin(place: readonly string[], holder: readonly string[]): boolean {
  return holder.every((step, index) => place[index] === step);
}

/** Groups facts that the other side lacks by the outermost place that is missing there. */
function holdersOf(facts: readonly Fact[], others: readonly Fact[]): Holder[] {
  const known = new Set(
    others.flatMap(({ place }) => place.map((_, index) => JSON.stringify(place.slice(0, index + 1)))),
  );
  const holders = new Map<string, Holder>();
  for (const fact of facts) {
    const lengths = fact.place.map((_, index) => index + 1).slice(1);
    const length = lengths.find(
      (end) => !isGroup(fact.place.slice(0, end)) && !known.has(JSON.stringify(fact.place.slice(0, end))),
    );
    const place = fact.place.slice(0, length);
    const key = JSON.stringify(place);
    holders.set(key, { place, facts: [...(holders.get(key)?.facts ?? []), fact] });
  }
  return [...holders.values()];
}

/** Whether a component is unused only because its user is gone. */
function isLeftBehind({ place: [root, kind = '', name = ''] }: Holder, gone: readonly Holder[]): boolean {
  const usedIt = ({ place }: Fact): boolean =>
    place.some((step, index) => step === kind && place.slice(index + 1, index + 3).includes(name));
  return root === 'components' && gone.some(({ facts }) => facts.some(usedIt));
}

/** Whether a change from `string` to `enum<string>` is already covered by the added or removed enum values. */
function isCoveredByEnum({ place, value }: Fact, recorded: Fact, holders: readonly Holder[]): boolean {
  const plain = (type: unknown): string => String(type).replace(/^enum<(\w+)>$/, '$1');
  const list = JSON.stringify([...place.slice(0, -1), 'enum']);
  return (
    place.at(-1) === 'type' &&
    plain(value) === plain(recorded.value) &&
    holders.some((holder) => JSON.stringify(holder.place) === list)
  );
}
