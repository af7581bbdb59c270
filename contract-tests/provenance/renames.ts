import type { Fact } from './fact.js';

/** A part that only one side has, with all its facts. */
export interface Holder {
  readonly place: readonly string[];
  readonly facts: readonly Fact[];
}

/** A part with a new name and the same facts. */
export interface Rename {
  readonly from: readonly string[];
  readonly to: Holder;
  /** The holders that are gone because of the rename. */
  readonly gone: readonly Holder[];
  /** Whether a change elsewhere only reflects the new name. */
  explains(fact: Fact, recorded: Fact): boolean;
}

/** Finds parts that were added and parts that are gone with the same facts. */
export function renamesAmong(added: readonly Holder[], gone: readonly Holder[]): Rename[] {
  const left = new Set(gone);
  return added.flatMap((to) => {
    const found = renameTo(to, [...left]);
    if (found === undefined) return [];
    for (const holder of found.gone) left.delete(holder);
    const [before, now] = [found.from.at(-1), to.place.at(-1)];
    const isSchema = to.place[0] === 'schemas' && to.place.length === 2;
    return [
      { ...found, to, explains: (fact, recorded) => isSchema && fact.value === now && recorded.value === before },
    ];
  });
}

function renameTo(to: Holder, gone: readonly Holder[]): Pick<Rename, 'from' | 'gone'> | undefined {
  const content = contentOf(to);
  if (content === undefined) return undefined;
  const from = gone.find((holder) => isBeside(holder.place, to.place) && contentOf(holder) === content);
  if (from !== undefined) return { from: from.place, gone: [from] };
  if (to.place.at(-2) !== 'content') return undefined;
  // The facts of JSON are those of the body itself.
  const place = to.place.slice(0, -2);
  const inBody = gone.filter((holder) => place.every((step, index) => holder.place[index] === step));
  const json = { place, facts: inBody.flatMap(({ facts }) => facts) };
  return contentOf(json) === content ? { from: [...place, 'content', 'application/json'], gone: inBody } : undefined;
}

function isBeside(one: readonly string[], other: readonly string[]): boolean {
  const kind = (place: readonly string[]): string =>
    JSON.stringify(place[2] === 'parameters' && place.length === 5 ? place.slice(0, 3) : place.slice(0, -1));
  // A single fact with another name, such as a limit, is a different fact.
  return one.length === other.length && kind(one) === kind(other);
}

/** The facts of a holder, regardless of its name; `undefined` for a single fact without a name. */
function contentOf({ place, facts }: Holder): string | undefined {
  const isOneFact = facts.every((fact) => fact.place.length === place.length);
  const content = facts.map((fact) => JSON.stringify([fact.place.slice(place.length), fact.value]));
  return isOneFact && !isNamed(place) ? undefined : content.toSorted().join('\n');
}

/** Examples and replies have names, even those with a single fact. */
function isNamed(place: readonly string[]): boolean {
  return place[0] === 'operations' && ['examples', 'responses'].includes(place.at(-2) ?? '');
}
