import type { Notation } from './notation.js';
import { typeWords } from './words.js';

const words = new Map(Object.entries(typeWords).flatMap(([type, names]) => names.map((name) => [name, type])));
const longestFirst = [...words.keys()].sort((a, b) => b.length - a.length);
const known = new RegExp(`^(${longestFirst.join('|')})(?![\\p{L}\\d_])`, 'iu');
const knownInside = new RegExp(`^(?:${longestFirst.join('|')})$`, 'iu');

/** Reads the type at the beginning of a text. Returns undefined if there is none. */
export function readType(text: string): { type: Notation; rest: string } | undefined {
  const word = known.exec(text)?.[1];
  // Brackets identify an unknown type.
  const name = word ?? /^[a-z]\w*(?=\s?<[\w-]+>|\[\])/.exec(text)?.[0];
  if (name === undefined) return undefined;
  const [brackets = '', inside, arrays = ''] =
    /^(?:\s?<\s?([^<>\s][^<>]*?)\s?>)?((?:\s?\[\])*)/.exec(text.slice(name.length)) ?? [];
  const rest = text.slice(name.length + brackets.length);
  // The text is cut off inside the type.
  if (/^\s?<[^>]*$/.test(rest)) return undefined;
  const base = canonical(name);
  const depth = arrays.split('[]').length - 1;
  if (base === 'enum') return { type: { base: canonical(inside ?? 'string'), isEnum: true, depth }, rest };
  if (base === 'array') return { type: { base: canonical(inside ?? 'any'), isEnum: false, depth: depth + 1 }, rest };
  const format = inside === undefined ? {} : { format: inside };
  return { type: { base, isEnum: false, depth, ...format }, rest };
}

function canonical(word: string): string {
  return knownInside.test(word) ? (words.get(word.toLowerCase()) ?? word) : word;
}
