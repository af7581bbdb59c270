import type { FileFormat, Row } from './row.js';

/** A format of rows, as the beginning of a file shows it. */
export interface RowFormat {
  readonly format: FileFormat;
  /** The columns as the file names them. */
  readonly columns: readonly string[];
  /** What stands between its cells, if it has any. */
  readonly delimiter?: string;
  /** Reads rows whole. */
  readRows(onRow: (row: Row) => void): TextReader;
  /** Reads only which pair a row names, at less cost: nothing for one that names none. No row is judged. */
  readPairs(onPair: (fromId: string | undefined, toId: string | undefined) => void): TextReader;
}

/** Takes the text of a file piece by piece, and gives each row as soon as its end is there. */
export interface TextReader {
  /** The line on which the row begins whose end is not there yet. */
  readonly line: number;
  push(text: string): void;
  /**
   * Gives the row that no line end follows.
   *
   * @throws InputError when it cannot be told where the row ends.
   */
  end(): void;
}
