import type { TextReader } from './row-format.js';
import { longestRow, rowError } from './row.js';

/** Receives the records of a CSV file that are not blank. */
export interface RecordHandler {
  readonly onRecord: (cells: string[], line: number) => void;
  /** Called for a record that is longer than `longestRow`, which is not kept. */
  readonly onTooLong: (line: number) => void;
}

/**
 * Splits CSV into records, as in RFC 4180 and as spreadsheets write them. Lines end with LF, CRLF or CR,
 * even mixed. Quotes are ordinary characters in a cell that does not begin with one, or that goes on after
 * its closing quote.
 *
 * Written here because no library does all of this: csv-parse takes ten times as long and stops at a record
 * that is too long, Papa Parse supports one kind of line end per file, and neither reports on which line a
 * record begins. The tests compare it with csv-parse.
 */
export function readRecords(delimiter: string, { onRecord, onTooLong }: RecordHandler): TextReader {
  /** The beginning of a record that has not ended yet. */
  let rest = '';
  let line = 1;
  let isTooLong = false;
  /** Line breaks in the dropped part of a record that is too long. */
  let skippedBreaks = 0;

  const read = (text: string, isLast: boolean): void => {
    const none = text.length;
    const find = (character: string, from: number): number => {
      const found = text.indexOf(character, from);
      return found === -1 ? none : found;
    };
    // The next position of each character from `start`, or `none`, so that nothing is searched for twice.
    let feed = -1;
    let ret = -1;
    let quote = -1;
    let separator = -1;
    let start = 0;
    while (start < none) {
      if (feed < start) feed = find('\n', start);
      if (ret < start) ret = find('\r', start);
      if (quote < start) quote = find('"', start);
      const lineBreak = Math.min(feed, ret);
      let end = lineBreak;
      let breaks = 1;
      let quoted: string[] | undefined;
      if (quote < lineBreak) {
        const record = readQuotedRecord(text, start, delimiter, isLast);
        if ('stub' in record) {
          keep(text.slice(start), record.stub, isLast);
          return;
        }
        ({ cells: quoted, end } = record);
        if (lineBreak < end) breaks += countLineBreaks(text, start, end);
      }
      const next = afterLineEnd(text, end, isLast);
      if (next === undefined) {
        keep(text.slice(start), 'x', isLast);
        return;
      }
      if (isTooLong || end - start > longestRow) onTooLong(line);
      else if (quoted !== undefined) onRecord(quoted, line);
      else if (end > start) {
        const cells: string[] = [];
        let cell = start;
        if (separator < start) separator = find(delimiter, start);
        while (separator < end) {
          cells.push(text.slice(cell, separator));
          cell = separator + 1;
          separator = find(delimiter, cell);
        }
        cells.push(text.slice(cell, end));
        onRecord(cells, line);
      }
      line += breaks + skippedBreaks;
      isTooLong = false;
      skippedBreaks = 0;
      start = next;
    }
    rest = '';
  };

  /** Keeps the beginning of a record until its end comes. If it is too long, keeps only enough to find its end. */
  const keep = (beginning: string, stub: string, isLast: boolean): void => {
    if (isLast) {
      const message = 'the file cannot be read from here on: a quote is opened here or later and never closed.';
      throw rowError(line, '', message);
    }
    rest = beginning;
    if (beginning.length <= longestRow) return;
    const tail = beginning.endsWith('\r') ? '\r' : '';
    skippedBreaks += countLineBreaks(beginning, 0, beginning.length - tail.length);
    rest = stub + tail;
    isTooLong = true;
  };

  return {
    get line() {
      return line;
    },
    push: (text) => {
      read(rest + text, false);
    },
    end: () => {
      read(rest, true);
    },
  };
}

/** The record of a text with this number, counted from 1, if the text contains its end. */
export function recordAt(
  number: number,
  delimiter: string,
  text: string,
  isLast: boolean,
): { cells: string[]; line: number } | undefined {
  const records: { cells: string[]; line: number }[] = [];
  const reader = readRecords(delimiter, {
    onRecord: (cells, line) => {
      if (records.length < number) records.push({ cells, line });
    },
    onTooLong: () => undefined,
  });
  reader.push(text);
  if (records.length < number && isLast) reader.end();
  return records[number - 1];
}

export function countLineBreaks(text: string, start = 0, end = text.length): number {
  let count = 0;
  for (let at = start; at < end; at += 1) {
    const code = text.charCodeAt(at);
    if (code === lineFeed || (code === carriageReturn && text.charCodeAt(at + 1) !== lineFeed)) count += 1;
  }
  return count;
}

const quoteMark = 0x22;
const lineFeed = 0x0a;
const carriageReturn = 0x0d;

/**
 * A record and the position of its line end. If the text ends before, a stub that has the same effect as
 * the last cell.
 */
type QuotedRecord = { readonly cells: string[]; readonly end: number } | { readonly stub: string };

function readQuotedRecord(text: string, start: number, delimiter: string, isLast: boolean): QuotedRecord {
  const cells: string[] = [];
  for (let at = start; ;) {
    let end: number;
    if (text.charCodeAt(at) === quoteMark) {
      const close = closingQuote(text, at + 1);
      if (close === -1) return { stub: '"' };
      // The next character may be another quote, which would escape this one.
      if (close === text.length - 1 && !isLast) return { stub: '""' };
      const content = text.slice(at + 1, close);
      const cell = content.includes('"') ? content.replaceAll('""', '"') : content;
      end = cellEnd(text, close + 1, delimiter);
      cells.push(end === close + 1 ? cell : `"${cell}${text.slice(close, end)}`);
    } else {
      end = cellEnd(text, at, delimiter);
      cells.push(text.slice(at, end));
    }
    if (end === text.length && !isLast) return { stub: 'x' };
    if (text[end] !== delimiter) return { cells, end };
    at = end + 1;
  }
}

function closingQuote(text: string, start: number): number {
  let quote = text.indexOf('"', start);
  while (quote !== -1 && text.charCodeAt(quote + 1) === quoteMark) quote = text.indexOf('"', quote + 2);
  return quote;
}

function cellEnd(text: string, start: number, delimiter: string): number {
  const separator = delimiter.charCodeAt(0);
  let end = start;
  while (end < text.length) {
    const code = text.charCodeAt(end);
    if (code === separator || code === lineFeed || code === carriageReturn) return end;
    end += 1;
  }
  return end;
}

/** Where the next line begins; `undefined` if that depends on text that has not been read yet. */
function afterLineEnd(text: string, end: number, isLast: boolean): number | undefined {
  const isCarriageReturn = text.charCodeAt(end) === carriageReturn;
  const known = end + (isCarriageReturn ? 1 : 0) < text.length;
  if (!known) return isLast ? text.length : undefined;
  return isCarriageReturn && text.charCodeAt(end + 1) === lineFeed ? end + 2 : end + 1;
}
