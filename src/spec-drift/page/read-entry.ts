import type { Notation } from '../notation.js';
import type { Line } from './page-text.js';
import { readType } from './read-type.js';
import { optionalMarks, otherMarks, requiredMarks } from './words.js';

/** The first lines of an entry: name, type and marks, on lines of their own or side by side. */
export interface EntryHead {
  readonly name: string;
  readonly line: number;
  readonly indent: number;
  readonly type?: Notation;
  readonly required: boolean | 'unknown';
  /** How many lines it takes. */
  readonly length: number;
  /** What follows on its last line. */
  readonly rest: string;
}

const name = String.raw`[A-Za-z_$][\w$]*(?:(?:\[\])?\.\s?[A-Za-z_$][\w$]*)*`;
const nameOnly = new RegExp(`^(${name})\\s*:?$`);
const nameFirst = new RegExp(`^(${name})(\\s*[:(|–—-]\\s*\\(?|\\s+)(?=\\S)`);

/** Reads the entry that begins on a line, if one does. Names are those that the spec knows. */
export function readEntry(lines: readonly Line[], at: number, names: ReadonlySet<string>): EntryHead | undefined {
  const line = lines[at];
  if (line === undefined) return undefined;
  const text = line.text.trim();
  const found = { line: line.line, indent: line.indent };

  const alone = nameOnly.exec(text)?.[1];
  if (alone !== undefined) {
    const next = after(lines, at);
    const type = readType(lines[next]?.text.trim() ?? '');
    if (type !== undefined) {
      const marks = readMarks(type.rest);
      if (isOver(marks.rest)) {
        const head = marksBelow(lines, next, marks);
        return { ...found, ...head, length: head.length + next - at, name: plainName(alone), type: type.type };
      }
    }
  }

  const [side = '', shown = ''] = nameFirst.exec(text) ?? [];
  const beside = side === '' ? undefined : readType(text.slice(side.length));
  if (beside !== undefined) {
    const marks = readMarks(beside.rest);
    const certain = marks.required !== undefined || marks.any || /[(:|]/.test(side) || beside.rest !== marks.rest;
    if (isOver(marks.rest) || (certain && /^\s*[):.,;–—-]|^\s/.test(marks.rest))) {
      const head = isOver(marks.rest) ? marksBelow(lines, at, marks) : { ...last(marks), length: 1 };
      return { ...found, ...head, name: plainName(shown), type: beside.type };
    }
  }

  // Two elements without anything between them.
  const joined = [...names].find((known) => text.startsWith(known) && text !== known);
  const type = joined === undefined ? undefined : readType(text.slice(joined.length));
  if (joined !== undefined && type !== undefined) {
    const marks = readMarks(type.rest);
    if (isOver(marks.rest)) return { ...found, ...marksBelow(lines, at, marks), name: joined, type: type.type };
  }

  // A name that the spec knows, followed by something else than a type.
  if (alone !== undefined && names.has(alone) && (lines[at + 1]?.text.trim() ?? '') !== '') {
    return { ...found, name: alone, required: 'unknown', length: 1, rest: '' };
  }
  return undefined;
}

interface Marks {
  readonly required: boolean | undefined;
  readonly any: boolean;
  readonly rest: string;
}

const [required, optional, other] = [requiredMarks, optionalMarks, otherMarks].map(
  (marks) => new RegExp(`^(?:${[...marks].sort((a, b) => b.length - a.length).join('|')})(?![\\p{L}\\d])`, 'iu'),
);

/** The marks at the beginning of a text. */
function readMarks(text: string): Marks {
  let rest = text;
  let found: boolean | undefined;
  let any = false;
  for (;;) {
    const next = rest.replace(/^[\s,;|·•()[\]]+/, '');
    const match = optional?.exec(next) ?? required?.exec(next) ?? other?.exec(next) ?? /^default:\s*\S+/i.exec(next);
    if (match === null) return { required: found, any, rest };
    if (optional?.test(next) === true) found = false;
    else if (required?.test(next) === true) found = true;
    any = true;
    rest = next.slice(match[0].length);
  }
}

/** Adds the marks that stand on the next lines. */
function marksBelow(
  lines: readonly Line[],
  at: number,
  marks: Marks,
): { required: boolean | 'unknown'; length: number; rest: string } {
  let found: boolean | 'unknown' | undefined = marks.required;
  let last = at;
  for (let next = after(lines, at); next < lines.length; next = after(lines, next)) {
    const text = lines[next]?.text.trim() ?? '';
    const below = readMarks(text);
    if (below.any && isOver(below.rest)) found = below.required ?? found;
    else {
      // A single word right below a type is a mark in a word that is not known.
      const isMark = found === undefined && next === last + 1 && /^[\p{Ll}\p{Lo}]{3,20}$/u.test(text);
      if (!isMark || readType(lines[after(lines, next)]?.text.trim() ?? '') !== undefined) break;
      found = 'unknown';
    }
    last = next;
  }
  return { required: found ?? false, length: last - at + 1, rest: '' };
}

function last({ required: mark, rest }: Marks): { required: boolean; rest: string } {
  return { required: mark ?? false, rest };
}

/** The next line that is not empty. */
function after(lines: readonly Line[], at: number): number {
  let next = at + 1;
  while (next < lines.length && lines[next]?.text.trim() === '') next += 1;
  return next;
}

function isOver(text: string): boolean {
  return /^[\s,;|·•()[\]:]*$/.test(text);
}

function plainName(shown: string): string {
  return shown.replaceAll(/\[\]|\s/g, '');
}
