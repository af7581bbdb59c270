import type { Entry, EntryList, Stated } from './facts.js';
import type { PageText } from './page-text.js';
import { type EntryHead, readEntry } from './read-entry.js';
import { readValues, type ReadValues } from './read-values.js';
import { headings, type Part } from './words.js';

/** The lists of a page, by heading. */
export interface Lists {
  readonly lists: Partial<Record<Part, EntryList>>;
  /** Lines of the headings that were found. */
  readonly found: ReadonlyMap<Part, { line: number; index: number }>;
  readonly mediaType?: Stated<string>;
  readonly status?: Stated<string>;
}

/** Names from the spec that identify entries under an unknown heading. */
export interface KnownNames {
  readonly path: ReadonlySet<string>;
  readonly body: ReadonlySet<string>;
  readonly reply: ReadonlySet<string>;
}

const parts = ['products', 'authorization', 'path', 'query', 'header', 'cookie', 'body', 'reply'] as const;
const partOf = new Map(parts.flatMap((part) => headings[part].map((word): [string, Part] => [word, part])));

/** Reads the lists of parameters and members. `endAt` is the index of the line after the last list. */
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
    const heading = parseHeading(text);
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
      // The first media type belongs to the body.
      if (part === 'path') ended.add(part);
      if (part === 'path' || part === undefined) part = 'body';
      continue;
    }
    if (part === 'reply' && !entries.has('reply')) {
      const status = /^([1-5]\d\d)\b/.exec(text)?.[1];
      if (status !== undefined) stated.status ??= { value: status, line: line.line };
    }
    if (head === undefined || part === 'products') continue;
    const own = partByName(head.name, known, found) ?? part;
    if (own === undefined) continue;
    if (own !== part && part !== undefined) ended.add(part);
    part = own;
    while ((parents.at(-1)?.indent ?? -1) >= head.indent) parents.pop();
    const parent = entries.has(part) ? parents.at(-1) : undefined;
    const name = parent === undefined || head.name.includes('.') ? head.name : `${parent.name}.${head.name}`;
    parents.push({ ...head, name });
    const isCut = endAt === undefined && lines.slice(at).every(({ text: below }) => below.trim() === '');
    const values =
      head.type?.isEnum === true && !isCut
        ? readValues(lines, at, endAt ?? lines.length, head.rest, names, isHeading)
        : undefined;
    // The text may be cut off inside the type or before a mark.
    const entry: Entry = isCut
      ? { name, line: head.line, required: 'unknown' }
      : entryOf({ ...head, name }, values, endAt !== undefined);
    entries.set(part, [...(entries.get(part) ?? []), entry]);
    if (values !== undefined) at = values.next;
  }
  if (part !== undefined && endAt !== undefined) ended.add(part);

  const lists = [...entries].map(([of, members]): [Part, EntryList] => [
    of,
    { entries: members, line: found.get(of)?.line ?? members[0]?.line ?? 1, isComplete: ended.has(of) },
  ]);
  return { lists: Object.fromEntries(lists), found, ...stated };
}

function parseHeading(text: string): { part: Part; status?: string } | undefined {
  const [, word = '', status] = /^(.*?)\s*[:：]?\s*(?:[-–—(]?\s*([1-5]\d\d)\)?)?$/.exec(text) ?? [];
  const part = partOf.get(word.toLowerCase());
  if (part === undefined) return undefined;
  return status === undefined ? { part } : { part, status };
}

function isHeading(text: string): boolean {
  return parseHeading(text) !== undefined;
}

/** The part that an entry belongs to according to its name, if its heading is unknown. */
function partByName(name: string, known: KnownNames, found: ReadonlyMap<Part, unknown>): Part | undefined {
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
      : { values: { names: values.names, line: values.line, isComplete: values.isComplete || endKnown } }),
  };
}
