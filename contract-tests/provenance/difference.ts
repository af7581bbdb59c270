import { stringify } from 'yaml';
import { at, isJsonObject, listOf } from '../../src/openapi/index.js';
import { objectFrom, type Fact } from './fact.js';
import { wordsFor } from './place-words.js';
import type { Holder } from './renames.js';

const captureFile = 'openapi/associations.yaml';
const provenanceFile = 'openapi/provenance.yaml';

/** A difference between the capture and its provenance. */
export interface Difference {
  readonly place: readonly string[];
  /** Its place in the capture, or in provenance.yaml if it is gone from the capture. */
  readonly at: Written;
  /** The other place of a duplicate. */
  readonly other?: Written;
  /** The operation, schema or other part that it belongs to; empty for the whole API. */
  readonly owner: string;
  /** What has changed. */
  readonly change: string;
  /** How to resolve it. */
  readonly remedy: string;
}

export interface Written {
  readonly file: typeof captureFile | typeof provenanceFile;
  readonly pointer: string;
}

/** A change of a fact, or of a part with several facts. */
type Event =
  | { readonly kind: 'changed'; readonly fact: Fact; readonly recorded: Fact }
  | { readonly kind: 'new' | 'gone'; readonly holder: Holder }
  | { readonly kind: 'renamed'; readonly from: readonly string[]; readonly to: Holder }
  | { readonly kind: 'twice'; readonly place: readonly string[]; readonly fact: Fact; readonly other: Fact };

/** The difference in words. */
export function differenceOf(event: Event): Difference {
  switch (event.kind) {
    case 'changed':
      return changed(event.fact, event.recorded);
    case 'new':
      return added(event.holder);
    case 'gone':
      return gone(event.holder);
    case 'renamed':
      return renamed(event.from, event.to);
    case 'twice':
      return {
        ...subject(event.place, (name) => `${name} is defined twice`),
        at: captured(event.fact.usedAt ?? event.fact.pointer),
        other: captured(event.other.usedAt ?? event.other.pointer),
        remedy: `Remove one of the two from ${captureFile}.`,
      };
  }
}

function changed(fact: Fact, recorded: Fact): Difference {
  const [now, before] = [shown(fact.value), shown(recorded.value)];
  // From string to string<uuid>, only the format has changed: point to it.
  const piece = fact.pieces?.find(({ text }) => !String(recorded.value).includes(text));
  return {
    ...subject(fact.place, (name) => explanationOf(name, fact) ?? `${name} is ${now} now; it was ${before}`),
    at: captured(piece?.pointer ?? fact.pointer),
    remedy: lineToWrite({ place: fact.place, facts: [fact] }, true),
  };
}

function added(holder: Holder): Difference {
  const [only] = holder.facts;
  const isOne = holder.facts.length === 1 && only?.place.length === holder.place.length;
  const isUnused = holder.place[0] === 'components';
  const value = isOne && !isUnused && !isEmpty(only.value) ? `: ${shown(only.value)}` : '';
  const tail = isUnused && holder.place.length === 3 ? ' is not used' : ` is new${value}`;
  return {
    ...subject(holder.place, (name) => (isOne ? explanationOf(name, only) : undefined) ?? `${name}${tail}`),
    at: captured(topOf(holder)),
    remedy: lineToWrite(holder, false),
  };
}

function gone(holder: Holder): Difference {
  const [only] = holder.facts;
  const isOne = holder.facts.length === 1 && only?.place.length === holder.place.length;
  const value = isOne && !isEmpty(only.value) ? `; it was ${shown(only.value)}` : '';
  const name = holder.place.at(-1) ?? '';
  return {
    ...subject(holder.place, (words) => `${words} is gone${value}`),
    at: { file: provenanceFile, pointer: topOf(holder) },
    remedy: correctOr(`remove ${name} from ${holder.place.slice(0, -1).join('.')} in ${provenanceFile}`),
  };
}

function renamed(from: readonly string[], to: Holder): Difference {
  const before = wordsFor(from).at(-1) ?? '';
  const now = to.place.slice(from.at(-2) === to.place.at(-2) ? -1 : -2).join('.');
  return {
    ...subject(to.place, (words) => `${before} was renamed to ${words}`),
    at: captured(nameOf(to)),
    remedy: correctOr(`rename ${from.at(-1) ?? ''} of ${from.slice(0, -1).join('.')} in ${provenanceFile} to ${now}`),
  };
}

/** Where a part is named: a parameter contains its own name. */
function nameOf(holder: Holder): string {
  const [parameter] = /^.*?\/parameters\/[^/]+/.exec(holder.facts[0]?.pointer ?? '') ?? [];
  return holder.place.length === 5 && parameter !== undefined ? at(parameter, 'name') : topOf(holder);
}

function subject(
  place: readonly string[],
  change: (name: string) => string,
): Pick<Difference, 'place' | 'owner' | 'change'> {
  const words = wordsFor(place);
  return { place, owner: words.slice(0, -1).join(' '), change: change(words.at(-1) ?? '') };
}

/** Explains changes whose meaning is not obvious from the keyword. */
function explanationOf(name: string, { place, value }: Fact): string | undefined {
  if (name === 'security' && listOf(value).some((one) => isJsonObject(one) && Object.keys(one).length === 0)) {
    return 'security is optional now: requests need no token';
  }
  if (name === 'security' && Array.isArray(value) && value.length === 0) {
    return 'security is empty now: requests need no token';
  }
  return place.at(-1) === 'deprecated' && value === true ? 'is deprecated now' : undefined;
}

/** JSON pointer of the name of a holder, or of the innermost place that contains all its facts. */
function topOf({ place, facts }: Holder): string {
  const [first] = facts;
  if (first === undefined) return '';
  if (place[0] === 'operations' && place.length === 2) return at(first.pointer, 'operationId');
  if (first.place.length === place.length) return first.pointer;
  if (first.usedAt !== undefined && place.length === 5) return first.usedAt;
  const steps = first.pointer.split('/');
  const isShared = (length: number): boolean =>
    facts.every(({ pointer }) => `${pointer}/`.startsWith(`${steps.slice(0, length).join('/')}/`));
  const end = steps.findIndex((_, index) => !isShared(index + 1));
  const shared = end < 0 ? steps : steps.slice(0, end);
  const named = shared.lastIndexOf(at('', place.at(-1) ?? '').slice(1));
  return (named < 0 ? shared : shared.slice(0, named + 1)).join('/');
}

function lineToWrite({ place, facts }: Holder, isKnown: boolean): string {
  const name = place.at(-1) ?? '';
  const isEntry = ['api', 'facts'].includes(place.at(-2) ?? '');
  const inner = objectFrom(facts.map((fact) => withOrigin(fact, place.length)));
  const [only] = facts;
  const isOne = facts.length === 1 && only?.place.length === place.length;
  const value = isOne ? only.value : inner;
  const line =
    isEntry || isOne
      ? `${name}: ${isEntry ? `{ says: ${shown(value)}, place: … }` : shown(value)}`
      : stringify({ [name]: value }, { lineWidth: 0 }).trimEnd();
  const origin = isKnown || isEntry ? '' : ', with its origin (place, source or reason)';
  const what = line.includes('\n') ? 'these lines' : 'this line';
  const holder = place.slice(0, -1).join('.');
  return `${correctOr(`write ${what} in ${holder} of ${provenanceFile}${origin}`).slice(0, -1)}:\n${line.replaceAll(/^/gm, '  ')}`;
}

/** Each fact of an operation has its own entry, with its own origin. */
function withOrigin(fact: Fact, length: number): Fact {
  const place = fact.place.slice(length);
  return place[0] === 'facts' ? { ...fact, place, value: { says: fact.value, place: '…' } } : { ...fact, place };
}

function correctOr(instead: string): string {
  return `Correct ${captureFile} or, if the page confirms the change, ${instead}.`;
}

function captured(pointer: string): Written {
  return { file: captureFile, pointer };
}

function isEmpty(value: unknown): boolean {
  return isJsonObject(value) && Object.keys(value).length === 0;
}

/** The value in a notation that is also valid YAML. */
function shown(value: unknown): string {
  return typeof value === 'string' && /^[A-Za-z][\w<>[\]./ -]*$/.test(value) ? value : JSON.stringify(value);
}
