import type { Notation } from './notation.js';
import type { Line } from './page-text.js';
import { readType } from './read-type.js';
import { optionalMarks, otherMarks, requiredMarks } from './words.js';

/** The start of an entry: name, type and marks, on one or several lines. */
export interface EntryHead {
  readonly name: string;
  readonly line: number;
  readonly indent: number;
  readonly type?: Notation;
  readonly required: boolean | 'unknown';
  /** The number of lines. */
  readonly length: number;
  /** The remaining text on its last line. */
  readonly rest: string;
}

const name = String.raw`[A-Za-z_$][\w$]*(?:(?:\[\])?\.\s?[A-Za-z_$][\w$]*)*`;
const nameOnly = new RegExp(`^(${name})\\s*:?$`);
const nameFirst = new RegExp(`^(${name})(\\s*[:(|–—-]\\s*\\(?|\\s+)(?=\\S)`);

/** Reads the entry that begins on a line, if there is one. `names` are the names in the spec. */
export function readEntry(lines: readonly Line[], at: number, names: ReadonlySet<string>): EntryHead | undefined {
  const line = lines[at];
  if (line === undefined) return undefined;
  const text = line.text.trim();
  const found = { line: line.line, indent: line.indent };

  const bareName = nameOnly.exec(text)?.[1];
  if (bareName !== undefined) {
    const next = nextLine(lines, at);
    const type = readType(lines[next]?.text.trim() ?? '');
    if (type !== undefined) {
      const marks = readMarks(type.rest);
      if (hasNoContent(marks.rest)) {
        const head = marksBelow(lines, next, marks);
        return { ...found, ...head, length: head.length + next - at, name: plainName(bareName), type: type.type };
      }
    }
  }

  const [side = '', inlineName = ''] = nameFirst.exec(text) ?? [];
  const inlineType = side === '' ? undefined : readType(text.slice(side.length));
  if (inlineType !== undefined) {
    const marks = readMarks(inlineType.rest);
    const certain = marks.required !== undefined || marks.any || /[(:|]/.test(side) || inlineType.rest !== marks.rest;
    if (hasNoContent(marks.rest) || (certain && /^\s*[):.,;–—-]|^\s/.test(marks.rest))) {
      const head = hasNoContent(marks.rest) ? marksBelow(lines, at, marks) : { ...last(marks), length: 1 };
      return { ...found, ...head, name: plainName(inlineName), type: inlineType.type };
    }
  }

  // Name and type without a separator.
  const joined = [...names].find((known) => text.startsWith(known) && text !== known);
  const type = joined === undefined ? undefined : readType(text.slice(joined.length));
  if (joined !== undefined && type !== undefined) {
    const marks = readMarks(type.rest);
    if (hasNoContent(marks.rest)) return { ...found, ...marksBelow(lines, at, marks), name: joined, type: type.type };
  }

  // A known name without a type.
  if (bareName !== undefined && names.has(bareName) && (lines[at + 1]?.text.trim() ?? '') !== '') {
    return { ...found, name: bareName, required: 'unknown', length: 1, rest: '' };
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

/** Reads the marks at the beginning of a text. */
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

/** Adds the marks on the following lines. */
function marksBelow(
  lines: readonly Line[],
  at: number,
  marks: Marks,
): { required: boolean | 'unknown'; length: number; rest: string } {
  let found: boolean | 'unknown' | undefined = marks.required;
  let last = at;
  for (let next = nextLine(lines, at); next < lines.length; next = nextLine(lines, next)) {
    const text = lines[next]?.text.trim() ?? '';
    const below = readMarks(text);
    if (below.any && hasNoContent(below.rest)) found = below.required ?? found;
    else {
      // A single word directly below a type is an unknown mark.
      const isMark = found === undefined && next === last + 1 && /^[\p{Ll}\p{Lo}]{3,20}$/u.test(text);
      if (!isMark || readType(lines[nextLine(lines, next)]?.text.trim() ?? '') !== undefined) break;
      found = 'unknown';
    }
    last = next;
  }
  return { required: found ?? false, length: last - at + 1, rest: '' };
}

function last({ required: mark, rest }: Marks): { required: boolean; rest: string } {
  return { required: mark ?? false, rest };
}

/** The index of the next non-empty line. */
function nextLine(lines: readonly Line[], at: number): number {
  let next = at + 1;
  while (next < lines.length && lines[next]?.text.trim() === '') next += 1;
  return next;
}

function hasNoContent(text: string): boolean {
  return /^[\s,;|·•()[\]:]*$/.test(text);
}

function plainName(text: string): string {
  return text.replaceAll(/\[\]|\s/g, '');
}
