import { isDeepStrictEqual } from 'node:util';
import { isJsonObject, listOf } from '../../src/openapi/index.js';
import type { Fact } from './fact.js';

/** A fact that the capture and its provenance do not agree on. */
export interface Difference {
  readonly place: readonly string[];
  /** JSON pointer into the capture; undefined where the capture has it no more. */
  readonly pointer: string | undefined;
  /** What has changed, and what to do about it. */
  readonly message: string;
}

/** The facts that the capture has and provenance does not explain, and those that it explains and the capture lacks. */
export function unexplained(captureFacts: readonly Fact[], provenanceFacts: readonly Fact[]): Difference[] {
  const captured = byPlace(captureFacts);
  const stated = byPlace(provenanceFacts);
  return [...new Set([...captured.keys(), ...stated.keys()])].flatMap((key) => {
    const [fact, said] = [captured.get(key), stated.get(key)];
    const agree = fact !== undefined && said !== undefined && isDeepStrictEqual(fact.value, said.value);
    return agree ? [] : differenceOf(fact, said);
  });
}

function byPlace(facts: readonly Fact[]): Map<string, Fact> {
  return new Map(facts.map((fact) => [JSON.stringify(fact.place), fact]));
}

function differenceOf(captured: Fact | undefined, said: Fact | undefined): Difference[] {
  const fact = captured ?? said;
  if (fact === undefined) return [];
  const { place } = fact;
  const change = changeInWords(place, captured?.value, said?.value);
  const message = `${change}.\n${remedy(place, captured, said)}`;
  return [{ place, pointer: captured?.pointer, message }];
}

function changeInWords(place: readonly string[], now: unknown, before: unknown): string {
  const [name = ''] = place.slice(-1);
  const owner = ownerOf(place);
  const subject = owner === '' ? name : `${owner}: ${name}`;
  if (name === 'security' && listOf(now).some((one) => isJsonObject(one) && Object.keys(one).length === 0)) {
    return `${subject} is optional now: a request needs no token`;
  }
  if (name === 'security' && Array.isArray(now) && now.length === 0) {
    return `${subject} is empty now: a request needs no token`;
  }
  if (name === 'deprecated' && now === true) return `${owner} is deprecated now`;
  if (now === undefined) return `${subject} is gone; it was ${shown(before)}`;
  return before === undefined
    ? `${subject} is new: ${shown(now)}`
    : `${subject} is ${shown(now)} now; it was ${shown(before)}`;
}

/** What a fact belongs to; nothing where it is one of the whole API. */
function ownerOf(place: readonly string[]): string {
  if (place[0] === 'api' && place.length === 2) return '';
  return place
    .slice(1, -1)
    .filter((step) => !['facts', '$schema'].includes(step))
    .join(' ');
}

function remedy(place: readonly string[], captured: Fact | undefined, said: Fact | undefined): string {
  const [name = ''] = place.slice(-1);
  const holder = place.slice(0, -1).join('.');
  const otherwise = 'Correct openapi/associations.yaml; or, if the page says so,';
  if (captured === undefined) return `${otherwise} remove ${name} from ${holder} in openapi/provenance.yaml.`;
  const isEntry = ['api', 'facts'].includes(place.at(-2) ?? '');
  const value = isEntry ? `{ says: ${shown(captured.value)}, place: … }` : shown(captured.value);
  const origin = said === undefined && !isEntry ? ', and where it says so (place, source or reason)' : '';
  return `${otherwise} write this line into ${holder} of openapi/provenance.yaml${origin}:\n  ${name}: ${value}`;
}

/** As YAML would have it, too. */
function shown(value: unknown): string {
  return typeof value === 'string' && /^[A-Za-z][\w<>[\]./ -]*$/.test(value) ? value : JSON.stringify(value);
}
