import type { PageFacts, Sample, Stated, Unread } from './facts.js';
import { readHeading } from './heading.js';
import { type KnownNames, type Lists, readLists } from './lists.js';
import { readModified } from './modified.js';
import { pageText, type PageText } from './page-text.js';
import { readProducts } from './products.js';
import { readHtml } from './read-html.js';
import { readText } from './read-text.js';
import { readSamples } from './samples.js';
import { withoutTables } from './tables.js';

/**
 * Reads the facts on a saved documentation page.
 *
 * @param source - The page as HTML, Markdown or plain text.
 * @param known - Names in the spec, to identify entries under an unknown heading.
 */
export function readPage(source: string, known: KnownNames): PageFacts {
  const isHtml = /^\s*(?:<!--[\s\S]*?-->\s*)*<(?:!doctype|[a-z][a-z0-9]*[\s>])/i.test(source);
  const page = pageText(withoutTables(isHtml ? readHtml(source) : readText(source)));
  const modified = readModified(page);
  const lists = readLists(page, known, modified?.index);
  const samples = readSamples(page);
  const products = productsOf(page, lists);
  const status = lists.status ?? statusBeside(page, samples);
  const headers = commandHeaders(page);
  const mediaTypes = [headers.mediaType, lists.mediaType].filter((stated) => stated !== undefined);
  const scheme = headers.scheme ?? schemeOf(lists);
  const facts = {
    ...readHeading(page),
    mediaTypes,
    ...(scheme === undefined ? {} : { scheme }),
    ...(status === undefined ? {} : { status }),
    ...(products === undefined || products.size === 0 ? {} : { products }),
    ...(modified === undefined ? {} : { modified: { value: modified.value, line: modified.line } }),
    lists: lists.lists,
    samples,
  };
  return { ...facts, unread: unreadParts(facts, lists) };
}

function productsOf(page: PageText, { found }: Lists): Map<string, Stated<string>> | undefined {
  const heading = found.get('products');
  if (heading === undefined) return undefined;
  const next = Math.min(...[...found.values()].map(({ index }) => index).filter((index) => index > heading.index));
  return readProducts(page, heading.index + 1, Math.min(next, page.lines.length));
}

/** The status on the tab above a reply sample. */
function statusBeside({ text, lineAt }: PageText, samples: readonly Sample[]): Stated<string> | undefined {
  for (const { offset, sent } of samples) {
    const before = text.slice(Math.max(0, offset - 40), offset);
    const status = /(?<![\d.-])([1-5]\d\d)\s*(?:default|-?\s*application\/json|OK|Created|Copy)?\s*$/.exec(before)?.[1];
    if (!sent && status !== undefined) return { value: status, line: lineAt(offset) };
  }
  return undefined;
}

function commandHeaders({ text, lineAt }: PageText): { mediaType?: Stated<string>; scheme?: Stated<string> } {
  const mediaType = /content-type['"]?\s*:\s*['"]?([\w.+-]+\/[\w.+-]+)/i.exec(text);
  const scheme = /authorization['"]?\s*:\s*['"]?(\w+)\s+\S/i.exec(text);
  return {
    ...(mediaType === null ? {} : { mediaType: { value: mediaType[1] ?? '', line: lineAt(mediaType.index) } }),
    ...(scheme === null ? {} : { scheme: { value: (scheme[1] ?? '').toLowerCase(), line: lineAt(scheme.index) } }),
  };
}

/** Pages document a header `Authorization` only for bearer tokens. */
function schemeOf({ lists }: Lists): Stated<string> | undefined {
  const [entry] = lists.authorization?.entries ?? [];
  if (entry === undefined) return undefined;
  return { value: entry.name === 'Authorization' ? 'bearer' : entry.name, line: entry.line };
}

/** The parts of a complete page that this one lacks. */
function unreadParts(facts: Omit<PageFacts, 'unread'>, { found }: Lists): Unread[] {
  const unread: Unread[] = [];
  const addUnread = (part: string, why: string, line?: number): void => {
    unread.push({ part, why, ...(line === undefined ? {} : { line }) });
  };
  if (facts.methods.length === 0) addUnread('method', 'the page has none');
  if (facts.paths.length === 0) addUnread('path', 'the page has none');
  if (!facts.samples.some(({ sent }) => sent)) addUnread('request sample', 'the page has no command that sends JSON');
  const listed = [
    ['path', 'path parameters'],
    ['body', 'body list'],
    ['reply', 'reply list'],
  ] as const;
  for (const [part, name] of listed) {
    const heading = found.get(part);
    if (facts.lists[part] !== undefined) continue;
    if (heading === undefined)
      addUnread(name, 'the page has no such list or no line breaks; required marks and formats are not confirmed');
    else addUnread(name, 'its heading has no list', heading.line);
  }
  if (facts.products === undefined) {
    const heading = found.get('products');
    if (heading === undefined) addUnread('products', 'the page has no such list');
    else addUnread('products', 'its heading has no list', heading.line);
  }
  if (facts.scheme === undefined) addUnread('authorization', 'the page has none');
  if (facts.mediaTypes.length === 0) addUnread('media type', 'the page has none');
  if (facts.modified === undefined) addUnread('last-modified date', 'the page has none at its end');
  return unread;
}
