import type { Entry, EntryList, Stated } from './facts.js';
import type { Line, PageText } from './page-text.js';
import { type EntryHead, readEntry } from './read-entry.js';
import { headings, optionsLabels, type Part } from './words.js';

/** The lists of a page, by what they are headed. */
export interface Lists {
  readonly lists: Partial<Record<Part, EntryList>>;
  /** Lines of the headings that were found. */
  readonly found: ReadonlyMap<Part, { line: number; index: number }>;
  readonly mediaType?: Stated<string>;
  readonly status?: Stated<string>;
}

/** The names by which entries are told apart where a heading cannot be read. */
export interface KnownNames {
  readonly path: ReadonlySet<string>;
  readonly body: ReadonlySet<string>;
  readonly reply: ReadonlySet<string>;
}

const parts = ['products', 'authorization', 'path', 'query', 'header', 'cookie', 'body', 'reply'] as const;
const partOf = new Map(parts.flatMap((part) => headings[part].map((word): [string, Part] => [word, part])));

/** Reads the lists of parameters and members. `endAt` is the line that ends the last of them. */
export function readLists({ lines }: PageText, known: KnownNames, endAt: number | undefined): Lists {
  const names = new Set([...known.path, ...known.body, ...known.reply]);
  const found = new Map<Part, { line: number; index: number }>();
  const entries = new Map<Part, Entry[]>();
  const ended = new Set<Part>();
  const stated: { mediaType?: Stated<string>; status?: Stated<string> } = {};
  const parents: EntryHead[] = [];
  let part: Part | undefined;

  for (let at = 0; at < (endAt ?? lines.length);) {
    const line = lines[at];
    const text = line?.text.trim() ?? '';
    const heading = headed(text);
    const head = readEntry(lines, at, names);
    at += head?.length ?? 1;
    if (line === undefined) break;
    if (heading !== undefined && head === undefined) {
      if (part !== undefined) ended.add(part);
      part = heading.part;
      found.set(part, { line: line.line, index: at - 1 });
      if (heading.status !== undefined) stated.status ??= { value: heading.status, line: line.line };
      continue;
    }
    if (/^[\w.+-]+\/[\w.+-]+$/.test(text) && /^(application|text|multipart)\//.test(text)) {
      if (part !== 'reply') stated.mediaType ??= { value: text, line: line.line };
      // The body is the first to have a media type.
      if (part === 'path') ended.add(part);
      if (part === 'path' || part === undefined) part = 'body';
      continue;
    }
    if (part === 'reply' && !entries.has('reply')) {
      const status = /^([1-5]\d\d)\b/.exec(text)?.[1];
      if (status !== undefined) stated.status ??= { value: status, line: line.line };
    }
    if (head === undefined || part === 'products') continue;
    const own = belongs(head.name, known, found) ?? part;
    if (own === undefined) continue;
    if (own !== part && part !== undefined) ended.add(part);
    part = own;
    while ((parents.at(-1)?.indent ?? -1) >= head.indent) parents.pop();
    const parent = entries.has(part) ? parents.at(-1) : undefined;
    const name = parent === undefined || head.name.includes('.') ? head.name : `${parent.name}.${head.name}`;
    parents.push({ ...head, name });
    const values =
      head.type?.isEnum === true ? readValues(lines, at, endAt ?? lines.length, head.rest, names) : undefined;
    entries.set(part, [...(entries.get(part) ?? []), entryOf({ ...head, name }, values, endAt !== undefined)]);
    if (values !== undefined) at = values.next;
  }
  if (part !== undefined && endAt !== undefined) ended.add(part);

  const lists = [...entries].map(([of, members]): [Part, EntryList] => [
    of,
    { entries: members, line: found.get(of)?.line ?? members[0]?.line ?? 1, end: ended.has(of) },
  ]);
  return { lists: Object.fromEntries(lists), found, ...stated };
}

function headed(text: string): { part: Part; status?: string } | undefined {
  const [, word = '', status] = /^(.*?)\s*[:：]?\s*(?:[-–—(]?\s*([1-5]\d\d)\)?)?$/.exec(text) ?? [];
  const part = partOf.get(word.toLowerCase());
  if (part === undefined) return undefined;
  return status === undefined ? { part } : { part, status };
}

/** Where an entry belongs by its name, when the heading above it could not be read. */
function belongs(name: string, known: KnownNames, found: ReadonlyMap<Part, unknown>): Part | undefined {
  if (name === 'Authorization' && !found.has('authorization')) return 'authorization';
  const own = (['path', 'body', 'reply'] as const).filter((part) => known[part].has(name));
  const [only] = own;
  return own.length === 1 && only !== undefined && !found.has(only) ? only : undefined;
}

function entryOf(head: EntryHead, values: ReadValues | undefined, endKnown: boolean): Entry {
  return {
    name: head.name,
    line: head.line,
    required: head.required,
    ...(head.type === undefined ? {} : { type: head.type }),
    ...(values === undefined || values.names.length === 0
      ? {}
      : { values: { names: values.names, line: values.line, end: values.end || endKnown } }),
  };
}

interface ReadValues {
  readonly names: readonly string[];
  readonly line: number;
  readonly end: boolean;
  readonly next: number;
}

const constants = /^["'“]?[A-Z][A-Z0-9_]*["'”]?(?:\s*[,、|/]?\s*["'“]?[A-Z][A-Z0-9_]*["'”]?)*\s*[,、.]?$/;
const label = new RegExp(`(?:^|[\\s.(])(?:${optionsLabels.join('|')})\\s*[:：]\\s*(.*)$`, 'iu');

/** The values of an enum: lines of constants, or what follows the label. */
function readValues(
  lines: readonly Line[],
  from: number,
  to: number,
  rest: string,
  names: ReadonlySet<string>,
): ReadValues | undefined {
  const found: string[] = [];
  let first = 0;
  let open = false;
  let at = from;
  const take = (text: string, line: number): void => {
    const values = text.split(/[\s,、|/"'“”.)]+/).filter((value) => value !== '');
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
      if (readEntry(lines, at, names) !== undefined || headed(text) !== undefined || found.length > 0) break;
      continue;
    }
    if (isList && readEntry(lines, at, names) !== undefined) break;
    take(labelled ?? text, line.line);
    open = true;
  }
  if (found.length === 0) return undefined;
  return { names: found, line: first, end: at < to, next: at };
}
