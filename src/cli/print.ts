/**
 * Prints lines. All that the command line says goes through here, since ids, file names and what a
 * server says may hold anything: a line stays one line, and changes nothing else on a terminal.
 */
export function print(stream: Pick<NodeJS.WriteStream, 'write'>, ...lines: readonly string[]): void {
  stream.write(lines.map((line) => `${printable(line)}\n`).join(''));
}

/** Control characters, those of direction, and the line ends of Unicode: all have four hexadecimal digits. */
const unprintable = /[\p{Cc}\p{Bidi_Control}\u2028\u2029]/gu;

/** As JSON escapes characters, so that JSON says the same as before. */
function printable(text: string): string {
  return text.replaceAll(unprintable, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
