import { whyNotText } from './file-kinds.js';
import { strictDecoder, windows1252Decoder, type Decoder } from './decoders.js';

export type Encoding = 'UTF-8' | 'UTF-16LE' | 'UTF-16BE' | 'Windows-1252';

/** A piece of the text of a file. */
export interface Piece {
  readonly text: string;
  /** Why nothing can be read after this text, if so. Completes the sentence "the file …". */
  readonly problem?: string;
}

/** The text of a file. */
export interface DecodedText {
  /** The encoding as far as is known so far: ASCII is the same in UTF-8 and in Windows-1252. */
  readonly encoding: Encoding;
  readonly pieces: AsyncGenerator<Piece, void>;
}

/**
 * Decodes a file and drops its byte order mark. Supports UTF-8; UTF-16, with or without a mark; and
 * Windows-1252, which spreadsheets write, if the first byte that is not ASCII is not valid UTF-8. An
 * invalid byte ends the text. It is never replaced, since two different ids could become one.
 */
export function decodeBlocks(blocks: AsyncIterable<Uint8Array>): DecodedText {
  let encoding: Encoding = 'UTF-8';
  return {
    get encoding() {
      return encoding;
    },
    pieces: decode(blocks, (found) => {
      encoding = found;
    }),
  };
}

async function* decode(
  blocks: AsyncIterable<Uint8Array>,
  onEncoding: (encoding: Encoding) => void,
): AsyncGenerator<Piece, void> {
  let decoder: Decoder | undefined;
  const read = function* (bytes: Uint8Array | undefined): Generator<Piece, boolean> {
    const { text, invalid } = decoder?.read(bytes) ?? { text: '' };
    if (invalid === undefined) {
      yield { text };
      return true;
    }
    if (decoder?.mayBeWindows1252 !== true) {
      yield { text, problem: invalid.problem };
      return false;
    }
    yield { text };
    onEncoding('Windows-1252');
    decoder = windows1252Decoder(invalid.offset);
    return yield* read(invalid.bytes);
  };
  for await (const block of withWholeHead(blocks)) {
    if (decoder === undefined) {
      const encoding = encodingOf(block);
      const problem = whyNotText(block, encoding !== 'UTF-8');
      if (problem !== undefined) {
        yield { text: '', problem };
        return;
      }
      onEncoding(encoding);
      decoder = strictDecoder(encoding);
    }
    if (!(yield* read(block))) return;
  }
  if (decoder !== undefined) yield* read(undefined);
}

/** The number of bytes that determine the encoding. */
const headLength = 4;

/** A pipe may give a byte at a time. */
async function* withWholeHead(blocks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void> {
  let head: Uint8Array | undefined = new Uint8Array(0);
  for await (const block of blocks) {
    if (head === undefined) {
      yield block;
      continue;
    }
    head = Buffer.concat([head, block]);
    if (head.length < headLength) continue;
    yield head;
    head = undefined;
  }
  if (head !== undefined && head.length > 0) yield head;
}

/** In UTF-16 each ASCII character has a zero byte, and files begin with ASCII characters, with or without a mark. */
function encodingOf([first, second, third, fourth]: Uint8Array): Exclude<Encoding, 'Windows-1252'> {
  if (first === 0xff && second === 0xfe) return 'UTF-16LE';
  if (first === 0xfe && second === 0xff) return 'UTF-16BE';
  if (first !== 0 && second === 0 && third !== 0 && fourth === 0) return 'UTF-16LE';
  if (first === 0 && second !== 0 && third === 0 && fourth !== 0) return 'UTF-16BE';
  return 'UTF-8';
}
