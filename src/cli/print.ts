/**
 * Prints lines, with control characters escaped. All output goes through here, since ids, file names and
 * messages of a server may contain anything: each stays one line, and cannot control the terminal.
 */
export function print(stream: Pick<NodeJS.WriteStream, 'write'>, ...lines: readonly string[]): void {
  stream.write(lines.map((line) => `${printable(line)}\n`).join(''));
}

/** Control characters, bidirectional controls and Unicode line separators. All have four hexadecimal digits. */
const unprintable = /[\p{Cc}\p{Bidi_Control}\u2028\u2029]/gu;

/** Escapes as in JSON, so that printed JSON keeps its meaning. */
function printable(text: string): string {
  return text.replaceAll(unprintable, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
