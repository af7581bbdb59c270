import type { InputError } from '../client/errors.js';
import { readCsvHeader } from './csv-header.js';
import { countLineBreaks } from './csv-records.js';
import { csvFormat } from './csv.js';
import { decodeBlocks, type Piece } from './decode-blocks.js';
import { ndjsonFormat } from './ndjson.js';
import type { RowFormat, TextReader } from './row-format.js';
import { longestRow, rowError, type RowOptions } from './row.js';

/** The text of a file whose format is known by its beginning. */
export interface OpenText {
  readonly format: RowFormat;
  /**
   * The text, piece by piece.
   *
   * @param reader - Reads each piece before it asks for the next: its line is what an error names.
   * @throws InputError where the file is not UTF-8.
   */
  readonly texts: (reader: TextReader) => AsyncGenerator<string, void>;
}

/**
 * Tells the format of a file by its beginning.
 *
 * @throws InputError when it cannot be read.
 */
export async function openText(blocks: AsyncIterable<Uint8Array>, options: RowOptions): Promise<OpenText> {
  const pieces = decodeBlocks(blocks);
  const { format, head } = await readHead(pieces, options).catch(async (error: unknown) => {
    // Closes the file.
    await pieces.return();
    throw error;
  });
  return {
    format,
    texts: async function* (reader) {
      for await (const { text, invalid } of startingWith(head, pieces)) {
        yield text;
        if (invalid !== undefined) throw notUtf8(reader.line, invalid);
      }
    },
  };
}

async function* startingWith(head: Piece, pieces: AsyncGenerator<Piece, void>): AsyncGenerator<Piece, void> {
  try {
    yield head;
    yield* pieces;
  } finally {
    // Closes the file also when nobody asks for more than the head.
    await pieces.return();
  }
}

async function readHead(
  pieces: AsyncIterator<Piece, void>,
  options: RowOptions,
): Promise<{ format: RowFormat; head: Piece }> {
  let head: Piece = { text: '' };
  let isAllRead = false;
  // A header is mostly short, and may be as long as any row.
  for (let size = 4_096; ; size *= 2) {
    while (head.text.length < size && !isAllRead) {
      const { value } = await pieces.next();
      if (value !== undefined) head = { ...value, text: head.text + value.text };
      isAllRead = value === undefined || value.invalid !== undefined;
    }
    const isWhole = isAllRead && size >= head.text.length;
    try {
      const format = formatOf(head.text.slice(0, size), isWhole, options);
      if (format !== undefined) return { format, head };
    } catch (error) {
      throw head.invalid === undefined || !isWhole ? error : notUtf8(1 + countLineBreaks(head.text), head.invalid);
    }
    if (size > longestRow)
      throw rowError(1, '', `the header is longer than ${longestRow.toLocaleString('en-US')} characters.`);
  }
}

/** The format of a file with this beginning, or nothing if that is too little to tell. */
function formatOf(head: string, isWhole: boolean, options: RowOptions): RowFormat | undefined {
  const text = head.trimStart();
  if (text === '') {
    if (isWhole) throw rowError(1, '', 'the file is empty.');
    return undefined;
  }
  // UTF-16 puts a zero byte before or after each character of a header.
  if (text.slice(0, 2).includes('\0')) throw utf16();
  if (text.startsWith('[')) {
    throw rowError(1, '', 'the file is a JSON array. Write one input a line instead (NDJSON).');
  }
  if (text.startsWith('{')) return ndjsonFormat(options);
  const header = readCsvHeader(head, isWhole, options);
  return header === undefined ? undefined : csvFormat(header, options);
}

function notUtf8(line: number, { byte, offset }: NonNullable<Piece['invalid']>): InputError {
  if (offset === 0 && (byte === 0xfe || byte === 0xff)) return utf16();
  const place = `the byte 0x${byte.toString(16)} at offset ${offset.toLocaleString('en-US')} is part of no character`;
  return rowError(line, '', `the file is not UTF-8: ${place}. Save it as UTF-8.`);
}

function utf16(): InputError {
  return rowError(1, '', 'the file is UTF-16. Save it as UTF-8.');
}
