import type { Line } from './page-text.js';
import { readEntry } from './read-entry.js';
import { optionsLabels } from './words.js';

/** The values of an enum, as a list gives them. */
export interface ReadValues {
  readonly names: readonly string[];
  readonly line: number;
  /** Whether something follows, so that the list is whole. */
  readonly end: boolean;
  /** The index of the line after them. */
  readonly next: number;
}

const constants = /^["'“]?[A-Z][A-Z0-9_]*["'”]?(?:\s*[,、|/]?\s*["'“]?[A-Z][A-Z0-9_]*["'”]?)*\s*[,、.]?$/;
/** Words between commas, up to where a sentence begins. */
const run = /^[\s"'“]*[\w-]+["'”]*(?:\s*[,、|/]\s*["'“]?[\w-]+["'”]?)*/;
const label = new RegExp(`(?:^|[\\s.(])(?:${optionsLabels.join('|')})\\s*[:：]\\s*(.*)$`, 'iu');

/** The values of an enum: lines of constants, or what follows the label. */
export function readValues(
  lines: readonly Line[],
  from: number,
  to: number,
  rest: string,
  names: ReadonlySet<string>,
  headed: (text: string) => boolean,
): ReadValues | undefined {
  const found: string[] = [];
  let first = 0;
  let open = false;
  let at = from;
  const take = (text: string, line: number): void => {
    const values = (run.exec(text)?.[0] ?? '').split(/[\s,、|/"'“”]+/).filter((value) => value !== '');
    if (values.length === 0) return;
    first ||= line;
    found.push(...values);
  };
  const beside = label.exec(rest)?.[1];
  if (beside !== undefined) {
    take(beside, lines[from - 1]?.line ?? 1);
    open = true;
  }
  for (; at < to; at += 1) {
    const line = lines[at];
    const text = line?.text.trim() ?? '';
    if (line === undefined || text === '') continue;
    const labelled = label.exec(text)?.[1];
    const isList = constants.test(text) || (open && /^[\w-]+\s*,$/.test(text));
    if (labelled === undefined && !isList) {
      if (readEntry(lines, at, names) !== undefined || headed(text) || found.length > 0) break;
      continue;
    }
    if (isList && readEntry(lines, at, names) !== undefined) break;
    take(labelled ?? text, line.line);
    open = true;
  }
  // A value with which the text stops may be a part of one.
  if (at === lines.length && !/,\s*$/.test(lines.findLast(({ text }) => text.trim() !== '')?.text ?? '')) found.pop();
  return found.length === 0 ? undefined : { names: found, line: first, end: at < to, next: at };
}
