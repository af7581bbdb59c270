import { InputError } from '../client/errors.js';
import { createInputReader, idsIn } from './json-input.js';
import type { RowFormat, TextReader } from './row-format.js';
import { longestRow, rowError, tooLongRow, type RowOptions } from './row.js';

/**
 * One JSON document: the documented body of the request, `{"inputs": […]}`, or only its list. Rows are
 * numbered by their place in the list, counted from 1, since a line may hold several.
 */
export function jsonDocumentFormat(options: RowOptions): RowFormat {
  return {
    format: 'JSON',
    columns: ['input'],
    readRows: (onRow) => {
      const inputOf = createInputReader(options);
      return readItems((text, number) => {
        if (text === undefined) {
          onRow(tooLongRow(number));
          return;
        }
        const input = inputOf(text, number);
        const cells = [text];
        onRow(input instanceof InputError ? { line: number, cells, error: input } : { line: number, cells, input });
      });
    },
    readPairs: (onPair) =>
      readItems((text) => {
        onPair(...idsIn(text ?? ''));
      }),
  };
}

/** Whether a text begins such a document rather than NDJSON. */
export function beginsDocument(text: string): boolean {
  return text.startsWith('[') || /^\{\s*"inputs"\s*:/.test(text);
}

const opening = /^\s*(?:\{\s*"inputs"\s*:\s*)?\[/;

/**
 * Splits the list of a document into its items one by one, so that a document takes no more memory than its
 * longest item. The items are not parsed.
 *
 * @param onItem - Receives `undefined` instead of an item that is longer than `longestRow`.
 */
function readItems(onItem: (text: string | undefined, number: number) => void): TextReader {
  let phase: 'before' | 'inside' | 'after' = 'before';
  let number = 0;
  /** The beginning of an item that has not ended yet; before and after the list, all unread text. */
  let rest = '';
  let isTooLong = false;
  let depth = 0;
  let isInString = false;
  let isEscaped = false;

  const finishItem = (text: string): void => {
    const item = text.trim();
    if (item === '' && !isTooLong) return;
    number += 1;
    onItem(isTooLong || item.length > longestRow ? undefined : item, number);
    isTooLong = false;
  };
  /** Whether a character ends an item. */
  const endsItem = (code: number): boolean => {
    if (isInString) {
      if (isEscaped) isEscaped = false;
      else if (code === backslash) isEscaped = true;
      else if (code === quoteMark) isInString = false;
      return false;
    }
    if (code === quoteMark) isInString = true;
    else if (code === openBrace || code === openBracket) depth += 1;
    else if (depth === 0) return code === comma || code === closeBracket;
    else if (code === closeBrace || code === closeBracket) depth -= 1;
    return false;
  };
  const readInside = (text: string, from: number): void => {
    let start = 0;
    for (let at = from; at < text.length; at += 1) {
      const code = text.charCodeAt(at);
      if (!endsItem(code)) continue;
      finishItem(text.slice(start, at));
      start = at + 1;
      if (code !== closeBracket) continue;
      phase = 'after';
      break;
    }
    rest = text.slice(start);
    if (phase === 'after' || rest.length <= longestRow) return;
    isTooLong = true;
    rest = '';
  };

  return {
    get line() {
      return number + 1;
    },
    push: (added) => {
      const text = rest + added;
      if (phase === 'inside') readInside(text, rest.length);
      else if (phase === 'after') rest = text.trim().slice(0, 100);
      else {
        const [opened] = opening.exec(text) ?? [];
        rest = text;
        if (opened === undefined && text.length > longestRow) throw noList();
        if (opened === undefined) return;
        phase = 'inside';
        readInside(text.slice(opened.length), 0);
      }
    },
    end: () => {
      if (phase === 'before') throw noList();
      if (phase === 'inside')
        throw rowError(number + 1, '', 'the file breaks off here: its list of inputs has no end.');
      if (['', '}'].includes(rest.trim())) return;
      throw rowError(
        number,
        '',
        'something follows the list of inputs. Give one document, or NDJSON with one input per line.',
      );
    },
  };
}

function noList(): InputError {
  return rowError(1, '', 'inputs must be a list of inputs: {"inputs": [ … ]}.');
}

const quoteMark = 0x22;
const backslash = 0x5c;
const comma = 0x2c;
const openBrace = 0x7b;
const closeBrace = 0x7d;
const openBracket = 0x5b;
const closeBracket = 0x5d;
