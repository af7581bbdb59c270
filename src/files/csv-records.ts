import type { TextReader } from './row-format.js';
import { longestRow, rowError } from './row.js';

/** What becomes of the records of a CSV file that are not blank. */
export interface RecordHandler {
  readonly onRecord: (cells: string[], line: number) => void;
  /** The record is longer than `longestRow`, and has not been kept. */
  readonly onTooLong: (line: number) => void;
}

/**
 * Splits CSV into records as RFC 4180 has them, and as spreadsheets write them: lines end with LF,
 * CRLF or CR, also mixed; a quote within a cell that does not begin with one is a character like any
 * other, and so are the quotes of a cell that goes on after its closing quote.
 *
 * It is written here because no library does all of it: csv-parse takes ten times the time and stops
 * at a record that is too long, Papa Parse knows one kind of line end a file, and neither says on
 * which line a record begins. The tests compare it with csv-parse.
 */
export function readRecords(delimiter: string, { onRecord, onTooLong }: RecordHandler): TextReader {
  /** The beginning of a record whose end is not there yet. */
  let rest = '';
  let line = 1;
  let isTooLong = false;
  /** Line breaks in what is no longer held of a record that is too long. */
  let skippedBreaks = 0;

  const read = (text: string, isLast: boolean): void => {
    const none = text.length;
    const find = (character: string, from: number): number => {
      const found = text.indexOf(character, from);
      return found === -1 ? none : found;
    };
    // The next of each from `start` on, or `none`, so that nothing is looked for twice.
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

  /** Keeps the beginning of a record until its end comes; of one that is too long, only what tells its end. */
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

/** A record of a text by its number, counted from 1, if its end is there. */
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

/** A record, and where its line ends; or, if that is not in the text, the least that its last cell comes down to. */
type QuotedRecord = { readonly cells: string[]; readonly end: number } | { readonly stub: string };

function readQuotedRecord(text: string, start: number, delimiter: string, isLast: boolean): QuotedRecord {
  const cells: string[] = [];
  for (let at = start; ;) {
    let end: number;
    if (text.charCodeAt(at) === quoteMark) {
      const close = closingQuote(text, at + 1);
      if (close === -1) return { stub: '"' };
      // The next character may be a quote that doubles this one.
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

/** Where the next line begins; nothing if the text has to go on to tell. */
function afterLineEnd(text: string, end: number, isLast: boolean): number | undefined {
  const isCarriageReturn = text.charCodeAt(end) === carriageReturn;
  const known = end + (isCarriageReturn ? 1 : 0) < text.length;
  if (!known) return isLast ? text.length : undefined;
  return isCarriageReturn && text.charCodeAt(end + 1) === lineFeed ? end + 2 : end + 1;
}
