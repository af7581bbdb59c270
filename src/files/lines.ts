import { rowError } from './row.js';

/** The longest line, in characters, so that a file without line ends does not fill the memory. */
const longestLine = 1_000_000;

/**
 * Reads text line by line. Lines end with a line feed, alone or after a carriage return, and with
 * nothing else: an id may hold any other character.
 *
 * @throws InputError for a line that is too long.
 */
export async function* readLines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string, void> {
  const decoder = new TextDecoder();
  let rest: string[] = [];
  let length = 0;
  let line = 1;
  for await (const chunk of chunks) {
    const [first = '', ...others] = decoder.decode(chunk, { stream: true }).split('\n');
    rest.push(first);
    length += first.length;
    for (const part of others) {
      yield rest.join('').replace(/\r$/, '');
      line += 1;
      rest = [part];
      length = part.length;
    }
    if (length > longestLine) {
      throw rowError(line, '', `is longer than ${longestLine.toLocaleString('en-US')} characters.`);
    }
  }
  rest.push(decoder.decode());
  if (rest.some((part) => part !== '')) yield rest.join('');
}
