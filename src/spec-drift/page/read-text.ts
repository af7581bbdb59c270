import { decodeHTML } from 'entities';
import type { Line } from './page-text.js';

/** Converts a page saved as plain text or Markdown to lines without markup. */
export function readText(source: string): Line[] {
  return source.split(/\r\n|\r|\n/).flatMap((raw, index) => {
    const text = withoutMarks(visible(raw));
    // Skip fences, which would separate a command from its reply.
    if (/^\s*(```|~~~)/.test(raw)) return [];
    return [{ text, indent: raw.length - raw.trimStart().length, line: index + 1 }];
  });
}

/** Removes invisible characters and normalizes Unicode so that words can be compared. */
export function visible(text: string): string {
  return text
    .normalize('NFC')
    .replaceAll(/[\u200B-\u200D\u2060\uFEFF\u00AD]/g, '')
    .replaceAll('\u00A0', ' ');
}

function withoutMarks(text: string): string {
  return decodeHTML(text)
    .replace(/^(\s*)(?:#{1,6}|[-*+•]|>|\d+\.)\s+/, '$1')
    .replaceAll(/\*\*|__(?=\S)|(?<=\S)__|`/g, '')
    .replaceAll(/(?<![\w*])\*(\S[^*]*?)\*(?![\w*])/g, '$1')
    .replaceAll(/(?<!\w)_([^_\s][^_]*)_(?!\w)/g, '$1')
    .replaceAll(/\\([<>[\]_{}*`])/g, '$1')
    .replaceAll(/!?\[([^\]]+)\]\([^)\s]*\)/g, '$1')
    .trimEnd();
}
