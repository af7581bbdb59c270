import { differenceOf, type Difference } from './difference.js';
import type { Fact } from './fact.js';

/** Finds duplicates in the capture. Of two parameters with the same name and location, one would be ignored. */
export function statedTwice(facts: readonly Fact[]): Difference[] {
  const first = new Map<string, Fact>();
  const found = new Map<string, Difference>();
  for (const fact of facts) {
    const key = JSON.stringify(fact.place);
    const other = first.get(key);
    first.set(key, other ?? fact);
    if (other === undefined) continue;
    const place = duplicateAt(fact.place);
    const named = JSON.stringify(place);
    if (!found.has(named)) found.set(named, differenceOf({ kind: 'twice', place, fact, other }));
  }
  const holders = [...found.values()];
  return holders.filter(
    (one) => !holders.some((other) => other !== one && other.place.every((step, index) => one.place[index] === step)),
  );
}

function duplicateAt(place: readonly string[]): readonly string[] {
  if (place[0] !== 'operations') return place;
  if (place[2] === 'parameters') return place.slice(0, 5);
  return place[2] === 'facts' && place[3] === 'method' ? place.slice(0, 2) : place;
}
