import { InputError } from '../client/errors.js';
import { readCsvHeader } from './csv-header.js';
import { countLineBreaks } from './csv-records.js';
import { csvFormat } from './csv.js';
import { decodeBlocks, type Encoding, type Piece } from './decode-blocks.js';
import { beginsDocument, jsonDocumentFormat } from './json-document.js';
import { ndjsonFormat } from './ndjson.js';
import type { RowFormat, TextReader } from './row-format.js';
import { longestRow, rowError, type RowOptions } from './row.js';

/** The text of a file whose format has been detected. */
export interface OpenText {
  readonly format: RowFormat;
  /** The encoding as far as is known so far. */
  readonly encoding: Encoding;
  /**
   * The text, piece by piece.
   *
   * @param reader - Reads each piece before the next one. Errors name its current line.
   * @throws InputError at a byte that is invalid in the file's encoding.
   */
  readonly texts: (reader: TextReader) => AsyncGenerator<string, void>;
}

/**
 * Detects the format of a file by its beginning.
 *
 * @throws InputError if it cannot be read.
 */
export async function openText(blocks: AsyncIterable<Uint8Array>, options: RowOptions): Promise<OpenText> {
  const decoded = decodeBlocks(blocks);
  const { pieces } = decoded;
  const { format, head } = await readHead(pieces, options).catch(async (error: unknown) => {
    // Closes the file.
    await pieces.return();
    throw error;
  });
  return {
    format,
    get encoding() {
      return decoded.encoding;
    },
    texts: async function* (reader) {
      for await (const { text, problem } of startingWith(head, pieces)) {
        yield text;
        if (problem !== undefined) throw unreadable(reader.line, problem);
      }
    },
  };
}

async function* startingWith(head: Piece, pieces: AsyncGenerator<Piece, void>): AsyncGenerator<Piece, void> {
  try {
    yield head;
    yield* pieces;
  } finally {
    // Closes the file even if only the head is read.
    await pieces.return();
  }
}

async function readHead(
  pieces: AsyncIterator<Piece, void>,
  options: RowOptions,
): Promise<{ format: RowFormat; head: Piece }> {
  let head: Piece = { text: '' };
  let isAllRead = false;
  // A header is usually short, but may be as long as any row.
  for (let size = 4_096; ; size *= 2) {
    while (head.text.length < size && !isAllRead) {
      const { value } = await pieces.next();
      if (value !== undefined) head = { ...value, text: head.text + value.text };
      isAllRead = value === undefined || value.problem !== undefined;
    }
    const isWhole = isAllRead && size >= head.text.length;
    try {
      const format = formatOf(head.text.slice(0, size), isWhole, options);
      if (format !== undefined) return { format, head };
    } catch (error) {
      if (head.problem === undefined || !isWhole) throw error;
      throw unreadable(head.text === '' ? undefined : 1 + countLineBreaks(head.text), head.problem);
    }
    if (size > longestRow)
      throw rowError(1, '', `the header is longer than ${longestRow.toLocaleString('en-US')} characters.`);
  }
}

/** The format of a file with this beginning; `undefined` if more text is needed. */
function formatOf(head: string, isWhole: boolean, options: RowOptions): RowFormat | undefined {
  const text = head.trimStart();
  if (text === '') {
    if (isWhole) throw new InputError([{ pointer: '', message: emptyFile }]);
    return undefined;
  }
  if (beginsDocument(text)) return jsonDocumentFormat(options);
  if (text.startsWith('{')) return ndjsonFormat(options);
  const header = readCsvHeader(head, isWhole, options);
  return header === undefined ? undefined : csvFormat(header, options);
}

const emptyFile =
  'the file is empty. It needs a header and rows, such as from_id,to_id and 37295,1439; or one JSON input per line.';

/** @param line - The line of the problem; `undefined` if the whole file is unreadable. */
function unreadable(line: number | undefined, problem: string): InputError {
  return new InputError([{ pointer: '', message: `the file ${problem}` }], line);
}
