/** Decoded text, and where it becomes invalid. */
interface Decoded {
  readonly text: string;
  readonly invalid?: {
    /** The bytes from the first invalid one. */
    readonly bytes: Uint8Array;
    /** The offset of the first invalid byte in the file. */
    readonly offset: number;
    readonly problem: string;
  };
}

/** Decodes the blocks of a file one after another. */
export interface Decoder {
  /** Whether everything so far means the same in Windows-1252. */
  readonly mayBeWindows1252: boolean;
  /** @param bytes - The next block, or `undefined` at the end of the file. */
  read(bytes: Uint8Array | undefined): Decoded;
}

const howToSave =
  'Save it as UTF-8: in Excel, File > Save As > CSV UTF-8 (Comma delimited); in LibreOffice, Save As > Edit filter settings > Unicode (UTF-8).';

export function strictDecoder(encoding: 'UTF-8' | 'UTF-16LE' | 'UTF-16BE'): Decoder {
  const decoder = new TextDecoder(encoding, strict);
  const lengthOf = (text: string): number => (encoding === 'UTF-8' ? Buffer.byteLength(text) : 2 * text.length);
  let decoded = 0;
  /** The beginning of a character that continues in the next block. */
  let pending = new Uint8Array(0);
  let isAscii = encoding === 'UTF-8';

  const withoutMark = (text: string, length: number): string => {
    isAscii &&= length === text.length;
    const isFirst = decoded === 0;
    decoded += length;
    return isFirst && text.startsWith('\ufeff') ? text.slice(1) : text;
  };
  const invalid = (bytes: Uint8Array): Decoded => {
    const valid = validText(encoding, bytes);
    const length = lengthOf(valid);
    const text = withoutMark(valid, length);
    const rest = bytes.subarray(length);
    return { text, invalid: { bytes: rest, offset: decoded, problem: problemOf(encoding, rest[0] ?? 0, decoded) } };
  };
  return {
    get mayBeWindows1252() {
      return isAscii;
    },
    read: (bytes) => {
      if (bytes === undefined) return pending.length === 0 ? { text: '' } : invalid(pending);
      const text = decode(decoder, bytes);
      if (text === undefined) return invalid(Buffer.concat([pending, bytes]));
      const length = lengthOf(text);
      pending = bytes.slice(bytes.length - (pending.length + bytes.length - length));
      return { text: withoutMark(text, length) };
    },
  };
}

/**
 * Windows-1252 (https://encoding.spec.whatwg.org/index-windows-1252.txt), except for its undefined bytes.
 * Written here because some releases of Node decode it as Latin-1
 * (https://github.com/nodejs/node/issues/56542).
 */
export function windows1252Decoder(start: number): Decoder {
  let offset = start;
  return {
    mayBeWindows1252: false,
    read: (bytes) => {
      if (bytes === undefined) return { text: '' };
      const at = bytes.findIndex((byte) => undefinedBytes.has(byte));
      const valid = at === -1 ? bytes : bytes.subarray(0, at);
      const latin1 = Buffer.from(valid.buffer, valid.byteOffset, valid.length).toString('latin1');
      const text = latin1.replaceAll(/[\x80-\x9f]/g, (character) => high[character.charCodeAt(0) - 0x80] ?? '');
      offset += valid.length;
      if (at === -1) return { text };
      const problem = `is neither UTF-8 nor Windows-1252: the byte ${hex(bytes[at] ?? 0)} at offset ${format(offset)} is not a character in either. ${howToSave}`;
      return { text, invalid: { bytes: bytes.subarray(at), offset, problem } };
    },
  };
}

/** The characters for 0x80 to 0x9f. */
const high = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';
const undefinedBytes = new Set([0x81, 0x8d, 0x8f, 0x90, 0x9d]);

const strict = { fatal: true, ignoreBOM: true } as const;

function decode(decoder: TextDecoder, bytes: Uint8Array): string | undefined {
  try {
    return decoder.decode(bytes, { stream: true });
  } catch {
    return undefined;
  }
}

/** The longest valid text at the beginning of bytes that contain an invalid one. */
function validText(encoding: string, bytes: Uint8Array): string {
  let valid = 0;
  let invalid = bytes.length + 1;
  while (invalid - valid > 1) {
    const middle = (valid + invalid) >>> 1;
    if (decode(new TextDecoder(encoding, strict), bytes.subarray(0, middle)) === undefined) invalid = middle;
    else valid = middle;
  }
  return decode(new TextDecoder(encoding, strict), bytes.subarray(0, valid)) ?? '';
}

function problemOf(encoding: string, byte: number, offset: number): string {
  if (encoding !== 'UTF-8') {
    return `is ${encoding}, and damaged: at offset ${format(offset)} there is half a character. ${howToSave}`;
  }
  return `is not UTF-8: the byte ${hex(byte)} at offset ${format(offset)} is not part of a character. ${howToSave}`;
}

function hex(byte: number): string {
  return `0x${byte.toString(16)}`;
}

function format(count: number): string {
  return count.toLocaleString('en-US');
}
