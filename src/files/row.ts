import type { AssociationSpec } from '../../generated/schema.js';
import { InputError } from '../client/errors.js';
import type { AssociationInput } from '../client/validate.js';

/** A line of a file: the input that it stands for, or why it stands for none. */
export type Row = {
  /** The line on which the row begins, counted from 1. */
  readonly line: number;
  /** What the file says, in the order of its columns. */
  readonly cells: readonly string[];
} & (
  | { readonly input: AssociationInput; readonly error?: undefined }
  | { readonly input?: undefined; readonly error: InputError }
);

/** A file whose beginning has been read. */
export interface RowSource {
  readonly format: 'CSV' | 'NDJSON';
  /** The columns as the file names them. */
  readonly columns: readonly string[];
  readonly rows: AsyncIterable<Row>;
}

/** How rows become inputs. */
export interface RowOptions {
  /** The types of a row that names none itself. */
  readonly defaultTypes: readonly AssociationSpec[];
}

/** The error of a row, or of a column of it. */
export function rowError(line: number, pointer: string, message: string): InputError {
  return new InputError([{ pointer, message }], line);
}
