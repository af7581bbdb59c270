import type { AssociationSpec } from '../../generated/schema.js';
import { InputError } from '../client/errors.js';
import type { AssociationInput } from '../client/validate.js';
import type { Encoding } from './decode-blocks.js';

/** A row of a file: the input that it stands for, or why it stands for none. */
export type Row = {
  /** The line on which the row begins, counted from 1; of a JSON document, the place in its list. */
  readonly line: number;
  /** What the file says, in the order of its columns. */
  readonly cells: readonly string[];
} & (
  | { readonly input: AssociationInput; readonly error?: undefined }
  | { readonly input?: undefined; readonly error: InputError }
);

/** A row that stands for an input. */
export type InputRow = Extract<Row, { readonly input: AssociationInput }>;

/** A file whose beginning has been read. */
export interface RowSource {
  readonly format: FileFormat;
  /** The columns as the file names them. */
  readonly columns: readonly string[];
  /** What stands between the cells of a CSV file. */
  readonly delimiter: string;
  /** As far as it shows in what has been read. */
  readonly encoding: Encoding;
  /**
   * The rows that are not blank, in the order of the file, those of one block of it at a time.
   * Rows with the same types share one frozen list of them.
   *
   * @throws InputError where the file cannot be read any further; StoppedError when the signal aborts.
   */
  readonly chunks: AsyncIterable<readonly Row[]>;
}

export type FileFormat = 'CSV' | 'NDJSON' | 'JSON';

/** The columns of a CSV file that say what to associate, as they are named unless the caller says otherwise. */
export const columnNames = ['from_id', 'to_id', 'category', 'type_id'] as const;

export type ColumnName = (typeof columnNames)[number];

/** How rows become inputs. */
export interface RowOptions {
  /** The types of a row that names none itself. */
  readonly defaultTypes: readonly AssociationSpec[];
  /** What a CSV file calls the columns that say what to associate, where it calls them otherwise. */
  readonly columns?: Readonly<Partial<Record<ColumnName, string | undefined>>>;
  /** What is associated, to tell which columns may be meant. */
  readonly objectTypes?: { readonly from: string; readonly to: string };
  /** Ends the reading at once, also while nothing comes. */
  readonly signal?: AbortSignal | undefined;
}

/** The longest row, in characters: so that a file without line ends does not fill the memory. */
export const longestRow = 1_000_000;

/** The error of a row, or of a column of it. */
export function rowError(line: number, pointer: string, message: string): InputError {
  return new InputError([{ pointer, message }], line);
}

/** The row in place of one that is too long to be held. */
export function tooLongRow(line: number): Row {
  const message = `is longer than ${longestRow.toLocaleString('en-US')} characters, and is skipped.`;
  return { line, cells: [], error: rowError(line, '', message) };
}
