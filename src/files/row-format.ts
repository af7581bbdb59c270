import type { FileFormat, Row } from './row.js';

/** The format of a file, as detected from its beginning. */
export interface RowFormat {
  readonly format: FileFormat;
  /** The names of the columns, as in the file. */
  readonly columns: readonly string[];
  /** The delimiter of its cells, if it has any. */
  readonly delimiter?: string;
  /** Reads rows whole. */
  readRows(onRow: (row: Row) => void): TextReader;
  /** Reads only the pair of each row, which is faster; `undefined` for a row without one. Rows are not checked. */
  readPairs(onPair: (fromId: string | undefined, toId: string | undefined) => void): TextReader;
}

/** Receives the text of a file piece by piece, and reports each row as soon as it ends. */
export interface TextReader {
  /** The line on which the current row begins. */
  readonly line: number;
  push(text: string): void;
  /**
   * Reports the last row if no line end follows it.
   *
   * @throws InputError if the end of the row cannot be determined.
   */
  end(): void;
}
