import type { Line } from './page-text.js';
import { readEntry } from './read-entry.js';
import { optionsLabels } from './words.js';

/** The values of an enum in a list. */
export interface ReadValues {
  readonly names: readonly string[];
  readonly line: number;
  /** Whether other content follows, so that the values are complete. */
  readonly isComplete: boolean;
  /** The index of the next line. */
  readonly next: number;
}

const constants = /^["'“]?[A-Z][A-Z0-9_]*["'”]?(?:\s*[,、|/]?\s*["'“]?[A-Z][A-Z0-9_]*["'”]?)*\s*[,、.]?$/;
/** Comma-separated words before the first sentence. */
const run = /^[\s"'“]*[\w-]+["'”]*(?:\s*[,、|/]\s*["'“]?[\w-]+["'”]?)*/;
const label = new RegExp(`(?:^|[\\s.(])(?:${optionsLabels.join('|')})\\s*[:：]\\s*(.*)$`, 'iu');

/** Reads the values of an enum from lines of constants, or from the text after a label. */
export function readValues(
  lines: readonly Line[],
  from: number,
  to: number,
  rest: string,
  names: ReadonlySet<string>,
  isHeading: (text: string) => boolean,
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
  const inlineValues = label.exec(rest)?.[1];
  if (inlineValues !== undefined) {
    take(inlineValues, lines[from - 1]?.line ?? 1);
    open = true;
  }
  for (; at < to; at += 1) {
    const line = lines[at];
    const text = line?.text.trim() ?? '';
    if (line === undefined || text === '') continue;
    const labelled = label.exec(text)?.[1];
    const isList = constants.test(text) || (open && /^[\w-]+\s*,$/.test(text));
    if (labelled === undefined && !isList) {
      if (readEntry(lines, at, names) !== undefined || isHeading(text) || found.length > 0) break;
      continue;
    }
    if (isList && readEntry(lines, at, names) !== undefined) break;
    take(labelled ?? text, line.line);
    open = true;
  }
  // The last value may be incomplete if the text ends with it.
  if (at === lines.length && !/,\s*$/.test(lines.findLast(({ text }) => text.trim() !== '')?.text ?? '')) found.pop();
  return found.length === 0 ? undefined : { names: found, line: first, isComplete: at < to, next: at };
}
