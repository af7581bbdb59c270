import { InputError } from '../client/errors.js';
import { createInputReader, idsIn } from './json-input.js';
import type { RowFormat, TextReader } from './row-format.js';
import { longestRow, tooLongRow, type RowOptions } from './row.js';

/** NDJSON: one input per line, as the API documents it. Blank lines are skipped. */
export function ndjsonFormat(options: RowOptions): RowFormat {
  return {
    format: 'NDJSON',
    columns: ['input'],
    readRows: (onRow) => {
      const inputOf = createInputReader(options);
      return readLines((text, line) => {
        if (text === undefined) {
          onRow(tooLongRow(line));
          return;
        }
        const input = inputOf(text, line);
        onRow(input instanceof InputError ? { line, cells: [text], error: input } : { line, cells: [text], input });
      });
    },
    readPairs: (onPair) =>
      readLines((text) => {
        onPair(...idsIn(text ?? ''));
      }),
  };
}

/**
 * Reads lines that are not blank. Only a line feed ends a line, perhaps after a carriage return: an id may
 * contain any other character.
 *
 * @param onLine - Receives `undefined` instead of a line that is longer than `longestRow`.
 */
function readLines(onLine: (text: string | undefined, line: number) => void): TextReader {
  let rest = '';
  let line = 1;
  let isTooLong = false;
  const finishLine = (text: string): void => {
    if (isTooLong || text.length > longestRow) onLine(undefined, line);
    else if (text.trim() !== '') onLine(text.endsWith('\r') ? text.slice(0, -1) : text, line);
    isTooLong = false;
  };
  return {
    get line() {
      return line;
    },
    push: (added) => {
      const text = rest + added;
      let start = 0;
      for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', start)) {
        finishLine(text.slice(start, end));
        line += 1;
        start = end + 1;
      }
      rest = text.slice(start);
      isTooLong ||= rest.length > longestRow;
      if (isTooLong) rest = '';
    },
    end: () => {
      if (rest !== '' || isTooLong) finishLine(rest);
    },
  };
}
