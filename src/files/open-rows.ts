import { createReadStream } from 'node:fs';
import { readCsv } from './csv.js';
import { readNdjson } from './ndjson.js';
import { rowError, type RowOptions, type RowSource } from './row.js';

/** How much of a file is looked at to tell its format, at least, in bytes. */
const headSize = 16_384;

/**
 * Opens a file of pairs, CSV or NDJSON, told apart by its content.
 *
 * @param path - The file, or `-` for standard input.
 * @throws InputError when its beginning shows that it cannot be read; the system's error when it
 *   cannot be opened.
 */
export async function openRows(path: string, options: RowOptions): Promise<RowSource> {
  const stream: AsyncIterable<Uint8Array> = path === '-' ? process.stdin : createReadStream(path);
  const { head, all } = await peek(stream);
  if (isUtf16(head)) throw rowError(1, '', 'the file is UTF-16. Save it as UTF-8.');
  const text = new TextDecoder().decode(head);
  const start = text.trimStart().slice(0, 1);
  if (start === '') throw rowError(1, '', 'the file is empty.');
  if (start === '[') throw rowError(1, '', 'the file is a JSON array. Write one input a line instead (NDJSON).');
  return start === '{' ? readNdjson(all, options) : readCsv(all, text, options);
}

/** The first bytes of a stream, and the whole of it. */
async function peek(
  stream: AsyncIterable<Uint8Array>,
): Promise<{ head: Uint8Array; all: AsyncGenerator<Uint8Array, void> }> {
  const iterator = stream[Symbol.asyncIterator]();
  const chunks: Uint8Array[] = [];
  let size = 0;
  let ended = false;
  while (!ended && size < headSize) {
    const result = await iterator.next();
    ended = result.done === true;
    if (result.done === true) break;
    chunks.push(result.value);
    size += result.value.length;
  }
  const head = Buffer.concat(chunks);
  const all = async function* (): AsyncGenerator<Uint8Array, void> {
    yield withoutByteOrderMark(head);
    if (!ended) yield* { [Symbol.asyncIterator]: () => iterator };
  };
  return { head: withoutByteOrderMark(head), all: all() };
}

function withoutByteOrderMark(bytes: Uint8Array): Uint8Array {
  const [first, second, third] = bytes;
  return first === 0xef && second === 0xbb && third === 0xbf ? bytes.subarray(3) : bytes;
}

function isUtf16([first, second]: Uint8Array): boolean {
  return (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
}
