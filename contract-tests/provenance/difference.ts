import { stringify } from 'yaml';
import { at, isJsonObject, listOf } from '../../src/openapi/index.js';
import { objectFrom, type Fact } from './fact.js';
import { wordsFor } from './place-words.js';
import type { Holder } from './renames.js';

const captureFile = 'openapi/associations.yaml';
const provenanceFile = 'openapi/provenance.yaml';

/** What the capture and its provenance do not agree on. */
export interface Difference {
  readonly place: readonly string[];
  /** Where it is written: in the capture, or, where the capture has it no more, in provenance.yaml. */
  readonly at: Written;
  /** Where else it is written. */
  readonly other?: Written;
  /** What it belongs to; empty for what holds for the whole API. */
  readonly owner: string;
  /** What has changed. */
  readonly change: string;
  /** What to do about it. */
  readonly remedy: string;
}

export interface Written {
  readonly file: typeof captureFile | typeof provenanceFile;
  readonly pointer: string;
}

/** What has happened to a fact, or to something that holds several. */
type Event =
  | { readonly kind: 'changed'; readonly fact: Fact; readonly said: Fact }
  | { readonly kind: 'new' | 'gone' | 'reordered'; readonly holder: Holder }
  | { readonly kind: 'renamed'; readonly from: readonly string[]; readonly to: Holder }
  | { readonly kind: 'twice'; readonly place: readonly string[]; readonly fact: Fact; readonly other: Fact };

/** The difference in words. */
export function differenceOf(event: Event): Difference {
  switch (event.kind) {
    case 'changed':
      return changed(event.fact, event.said);
    case 'new':
      return added(event.holder);
    case 'gone':
      return gone(event.holder);
    case 'renamed':
      return renamed(event.from, event.to);
    case 'reordered':
      return {
        ...subject(event.holder.place, (name) => `${name} has its members in another order now`),
        at: captured(topOf(event.holder)),
        remedy: otherwise(`give ${event.holder.place.join('.')} of ${provenanceFile} the same order`),
      };
    case 'twice':
      return {
        ...subject(event.place, (name) => `${name} is there twice`),
        at: captured(event.fact.usedAt ?? event.fact.pointer),
        other: captured(event.other.usedAt ?? event.other.pointer),
        remedy: `Remove one of the two from ${captureFile}: nobody can tell which one counts.`,
      };
  }
}

function changed(fact: Fact, said: Fact): Difference {
  const [now, before] = [shown(fact.value), shown(said.value)];
  // Of string<uuid> instead of string, only the format is another one.
  const piece = fact.pieces?.find(({ text }) => !String(said.value).includes(text));
  return {
    ...subject(fact.place, (name) => inWords(name, fact) ?? `${name} is ${now} now; it was ${before}`),
    at: captured(piece?.pointer ?? fact.pointer),
    remedy: lineToWrite({ place: fact.place, facts: [fact] }, true),
  };
}

function added(holder: Holder): Difference {
  const [only] = holder.facts;
  const isOne = holder.facts.length === 1 && only?.place.length === holder.place.length;
  const isUnused = holder.place[0] === 'components';
  const value = isOne && !isUnused && !isEmpty(only.value) ? `: ${shown(only.value)}` : '';
  const tail = isUnused && holder.place.length === 3 ? ' is used nowhere' : ` is new${value}`;
  return {
    ...subject(holder.place, (name) => (isOne ? inWords(name, only) : undefined) ?? `${name}${tail}`),
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
    remedy: otherwise(`remove ${name} from ${holder.place.slice(0, -1).join('.')} in ${provenanceFile}`),
  };
}

function renamed(from: readonly string[], to: Holder): Difference {
  const before = wordsFor(from).at(-1) ?? '';
  const now = to.place.slice(from.at(-2) === to.place.at(-2) ? -1 : -2).join('.');
  return {
    ...subject(to.place, (words) => `${before} is ${words} now, and otherwise the same`),
    at: captured(nameOf(to)),
    remedy: otherwise(`rename ${from.at(-1) ?? ''} of ${from.slice(0, -1).join('.')} in ${provenanceFile} to ${now}`),
  };
}

/** A parameter has its name in it, wherever it is used. */
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

/** What some changes mean, where the keyword alone does not say it. */
function inWords(name: string, { place, value }: Fact): string | undefined {
  if (name === 'security' && listOf(value).some((one) => isJsonObject(one) && Object.keys(one).length === 0)) {
    return 'security is optional now: a request needs no token';
  }
  if (name === 'security' && Array.isArray(value) && value.length === 0) {
    return 'security is empty now: a request needs no token';
  }
  return place.at(-1) === 'deprecated' && value === true ? 'is deprecated now' : undefined;
}

/** Where a holder is named: the place around all its facts, up to its name. */
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
  const origin = isKnown || isEntry ? '' : ', and where it says so (place, source or reason)';
  const what = line.includes('\n') ? 'these lines' : 'this line';
  const holder = place.slice(0, -1).join('.');
  return `${otherwise(`write ${what} into ${holder} of ${provenanceFile}${origin}`).slice(0, -1)}:\n${line.replaceAll(/^/gm, '  ')}`;
}

/** The facts of an operation have an entry, and so an origin, each. */
function withOrigin(fact: Fact, length: number): Fact {
  const place = fact.place.slice(length);
  return place[0] === 'facts' ? { ...fact, place, value: { says: fact.value, place: '…' } } : { ...fact, place };
}

function otherwise(instead: string): string {
  return `Correct ${captureFile}; or, if the page says so, ${instead}.`;
}

function captured(pointer: string): Written {
  return { file: captureFile, pointer };
}

function isEmpty(value: unknown): boolean {
  return isJsonObject(value) && Object.keys(value).length === 0;
}

/** As YAML would have it, too. */
function shown(value: unknown): string {
  return typeof value === 'string' && /^[A-Za-z][\w<>[\]./ -]*$/.test(value) ? value : JSON.stringify(value);
}
