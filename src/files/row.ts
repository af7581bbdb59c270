import type { AssociationSpec } from '../../generated/schema.js';
import { InputError } from '../client/errors.js';
import type { AssociationInput } from '../client/validate.js';
import type { Encoding } from './decode-blocks.js';

/** A row of a file: its input, or why it has none. */
export type Row = {
  /** The line on which the row begins, counted from 1; in a JSON document, the place in its list. */
  readonly line: number;
  /** The cells as in the file, in the order of its columns. */
  readonly cells: readonly string[];
} & (
  | { readonly input: AssociationInput; readonly error?: undefined }
  | { readonly input?: undefined; readonly error: InputError }
);

/** A row with an input. */
export type InputRow = Extract<Row, { readonly input: AssociationInput }>;

/** A file whose beginning has been read. */
export interface RowSource {
  readonly format: FileFormat;
  /** The names of the columns, as in the file. */
  readonly columns: readonly string[];
  /** The delimiter of a CSV file. */
  readonly delimiter: string;
  /** The encoding as far as is known so far. */
  readonly encoding: Encoding;
  /**
   * The rows that are not blank, in the order of the file, one block at a time. Rows with the same types
   * share one frozen list.
   *
   * @throws InputError if the file cannot be read any further; StoppedError if the signal aborts.
   */
  readonly chunks: AsyncIterable<readonly Row[]>;
}

export type FileFormat = 'CSV' | 'NDJSON' | 'JSON';

/** The default names of the CSV columns that say what to associate. */
export const columnNames = ['from_id', 'to_id', 'category', 'type_id'] as const;

export type ColumnName = (typeof columnNames)[number];

/** How rows become inputs. */
export interface RowOptions {
  /** The types of a row that names none. */
  readonly defaultTypes: readonly AssociationSpec[];
  /** The names of these columns in the CSV file, where they differ from the defaults. */
  readonly columns?: Readonly<Partial<Record<ColumnName, string | undefined>>>;
  /** The object types, used to guess columns. */
  readonly objectTypes?: { readonly from: string; readonly to: string };
  /** Ends reading immediately, even while no data arrives. */
  readonly signal?: AbortSignal | undefined;
}

/** The maximum length of a row, in characters: a file without line ends must not fill the memory. */
export const longestRow = 1_000_000;

/** Makes the error for a row or one of its columns. */
export function rowError(line: number, pointer: string, message: string): InputError {
  return new InputError([{ pointer, message }], line);
}

/** Makes the row that replaces one that is too long. */
export function tooLongRow(line: number): Row {
  const message = `is longer than ${longestRow.toLocaleString('en-US')} characters, and is skipped.`;
  return { line, cells: [], error: rowError(line, '', message) };
}
