/** Text of a file, as far as it is UTF-8. */
export interface Piece {
  readonly text: string;
  /** The first byte that is not UTF-8, and where in the file it stands, counted from 0. No text follows it. */
  readonly invalid?: { readonly byte: number; readonly offset: number };
}

const utf8 = { fatal: true, ignoreBOM: true } as const;

/**
 * Decodes a file without its byte order mark. A byte that is not UTF-8 ends the text and is never
 * replaced: two different ids would become one.
 */
export async function* decodeBlocks(blocks: AsyncIterable<Uint8Array>): AsyncGenerator<Piece, void> {
  const decoder = new TextDecoder('utf-8', utf8);
  let decoded = 0;
  /** The beginning of a character that goes on in the next block. */
  let pending = new Uint8Array(0);
  for await (const block of blocks) {
    const text = decode(decoder, block);
    if (text === undefined) {
      const bytes = Buffer.concat([pending, block]);
      const valid = validText(bytes);
      const length = Buffer.byteLength(valid);
      yield { text: withoutMark(valid, decoded), invalid: { byte: bytes[length] ?? 0, offset: decoded + length } };
      return;
    }
    const length = Buffer.byteLength(text);
    pending = block.slice(block.length - (pending.length + block.length - length));
    yield { text: withoutMark(text, decoded) };
    decoded += length;
  }
  const [byte] = pending;
  if (byte !== undefined) yield { text: '', invalid: { byte, offset: decoded } };
}

function withoutMark(text: string, offset: number): string {
  return offset === 0 && text.startsWith('\ufeff') ? text.slice(1) : text;
}

function decode(decoder: TextDecoder, bytes: Uint8Array): string | undefined {
  try {
    return decoder.decode(bytes, { stream: true });
  } catch {
    return undefined;
  }
}

/** The longest text at the beginning of bytes that are not UTF-8 throughout. */
function validText(bytes: Uint8Array): string {
  let valid = 0;
  let invalid = bytes.length;
  while (invalid - valid > 1) {
    const middle = (valid + invalid) >>> 1;
    if (decode(new TextDecoder('utf-8', utf8), bytes.subarray(0, middle)) === undefined) invalid = middle;
    else valid = middle;
  }
  return decode(new TextDecoder('utf-8', utf8), bytes.subarray(0, valid)) ?? '';
}
