import { InputError } from '../client/errors.js';
import { isJsonObject } from '../client/json.js';
import { inputError, isAssociationInput, type AssociationInput } from '../client/validate.js';
import { readLines } from './lines.js';
import { rowError, type Row, type RowOptions, type RowSource } from './row.js';

/** Reads NDJSON: one input a line, as the API documents it. Lines of white space do not count. */
export function readNdjson(chunks: AsyncIterable<Uint8Array>, options: RowOptions): RowSource {
  return { format: 'NDJSON', columns: ['input'], rows: ndjsonRows(chunks, options) };
}

async function* ndjsonRows(chunks: AsyncIterable<Uint8Array>, options: RowOptions): AsyncGenerator<Row, void> {
  let line = 0;
  for await (const text of readLines(chunks)) {
    line += 1;
    if (text.trim() === '') continue;
    const input = readInput(text, line, options);
    yield input instanceof InputError ? { line, cells: [text], error: input } : { line, cells: [text], input };
  }
}

/** The input that a text of JSON stands for, or why it stands for none. */
export function readInput(text: string, line: number, { defaultTypes }: RowOptions): AssociationInput | InputError {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return rowError(line, '', 'is not JSON.');
  }
  const input: unknown =
    isJsonObject(value) && value['types'] === undefined && defaultTypes.length > 0
      ? { ...value, types: [...defaultTypes] }
      : value;
  if (isAssociationInput(input)) return input;
  return inputError(input, line) ?? rowError(line, '', 'is not an input.');
}
