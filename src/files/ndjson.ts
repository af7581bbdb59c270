import { InputError } from '../client/errors.js';
import { isJsonObject } from '../client/json.js';
import { inputError, isAssociationInput, type AssociationInput } from '../client/validate.js';
import { rowError, type Row, type RowOptions, type RowSource } from './row.js';

/** Reads NDJSON: one input a line, as the API documents it. Lines of white space do not count. */
export function readNdjson(chunks: AsyncIterable<Uint8Array>, options: RowOptions): RowSource {
  return { format: 'NDJSON', columns: ['input'], rows: ndjsonRows(chunks, options) };
}

async function* ndjsonRows(chunks: AsyncIterable<Uint8Array>, options: RowOptions): AsyncGenerator<Row, void> {
  let line = 0;
  for await (const text of lines(chunks)) {
    line += 1;
    if (text.trim() === '') continue;
    const cells = { input: text };
    const input = readInput(text, line, options);
    yield input instanceof InputError ? { line, cells, error: input } : { line, cells, input };
  }
}

function readInput(text: string, line: number, { defaultTypes }: RowOptions): AssociationInput | InputError {
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

async function* lines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string, void> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of chunks) {
    const parts = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = parts.pop() ?? '';
    for (const part of parts) yield part.replace(/\r$/, '');
  }
  rest += decoder.decode();
  if (rest !== '') yield rest;
}
