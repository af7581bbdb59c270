import { createReadStream } from 'node:fs';
import { appendFile } from 'node:fs/promises';

/** Lines of text, kept in memory or on disk. */
export interface TextPart {
  /** The total length of all lines, in characters. */
  readonly length: number;
  /** Adds a line without a line feed. */
  add(line: string): void;
  /** Moves the lines in memory to the file. */
  write(): Promise<void>;
  /** The lines in the order of adding, in lists of at most this many characters, or of a single line. */
  read(most: number): AsyncGenerator<readonly string[], void>;
}

export function createTextPart(path: string): TextPart {
  let length = 0;
  let isWritten = false;
  let waiting: string[] = [];
  const all = async function* (): AsyncGenerator<readonly string[], void> {
    if (isWritten) yield* readLines(path);
    yield waiting;
  };
  return {
    get length() {
      return length;
    },
    add: (line) => {
      waiting.push(line);
      length += line.length;
    },
    write: async () => {
      if (waiting.length === 0) return;
      const text = `${waiting.join('\n')}\n`;
      waiting = [];
      isWritten = true;
      await appendFile(path, text, { mode: 0o600 });
    },
    read: async function* (most) {
      let lines: string[] = [];
      let held = 0;
      for await (const more of all()) {
        for (const line of more) {
          if (held + line.length > most && lines.length > 0) {
            yield lines;
            lines = [];
            held = 0;
          }
          lines.push(line);
          held += line.length;
        }
      }
      if (lines.length > 0) yield lines;
    },
  };
}

/** Reads the lines of a file that ends with a line feed, one chunk at a time. */
async function* readLines(path: string): AsyncGenerator<readonly string[], void> {
  let rest = '';
  const chunks: AsyncIterable<string> = createReadStream(path, { encoding: 'utf8' });
  for await (const chunk of chunks) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    yield lines;
  }
}
