import { pipeline, Readable } from 'node:stream';
import { parse } from 'csv-parse';
import {
  associationSpecAssociationCategoryValues as categories,
  type AssociationSpec,
} from '../../generated/schema.js';
import { schemas } from '../../generated/validators.js';
import { InputError, messageOf } from '../client/errors.js';
import { stringMember } from '../client/json.js';
import { readCsvHeader, type CsvHeader } from './csv-header.js';
import { readInput } from './ndjson.js';
import { rowError, type Row, type RowOptions, type RowSource } from './row.js';

/** The longest row, in bytes. A quote that is never closed would otherwise swallow the rest of the file. */
const longestRow = 1_000_000;

/**
 * Reads CSV with a header of `from_id` and `to_id`, and of `category` and `type_id` if rows name
 * their types. Other columns are kept.
 *
 * @param chunks - The file.
 * @param head - Its first text, which holds at least the header.
 * @throws InputError when the header lacks a column.
 */
export function readCsv(chunks: AsyncIterable<Uint8Array>, head: string, options: RowOptions): RowSource {
  const header = readCsvHeader(head, options);
  return { format: 'CSV', columns: header.columns, rows: csvRows(chunks, header, options) };
}

async function* csvRows(
  chunks: AsyncIterable<Uint8Array>,
  header: CsvHeader,
  options: RowOptions,
): AsyncGenerator<Row, void> {
  // An error that ends the parser would take the rows with it that wait to be read: so it is noted
  // here, no more of the file is parsed, and it is thrown once those rows have been given.
  let broken: unknown;
  let last = 1;
  const parser = parse({
    bom: true,
    delimiter: header.delimiter,
    record_delimiter: ['\r\n', '\n', '\r'],
    info: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    from: 2,
    max_record_size: longestRow,
    skip_records_with_error: true,
    on_skip: (error) => {
      broken ??= error;
      return undefined;
    },
  });
  const unlessBroken = async function* (): AsyncGenerator<Uint8Array, void> {
    for await (const chunk of chunks) {
      yield chunk;
      if (broken !== undefined) return;
    }
  };
  pipeline(Readable.from(unlessBroken()), parser, () => undefined);

  const items: AsyncIterable<CsvItem> = parser;
  for await (const { record, info } of items) {
    last = info.lines;
    const lineBreaks = record.join('').split('\n').length - 1;
    yield rowOf(record, info.lines - lineBreaks, header, options);
  }
  if (broken !== undefined) {
    throw rowError(last + 1, '', `the file cannot be read from here on: ${reasonOf(broken)}.`);
  }
}

/** What csv-parse yields with `info` and without `columns`; its own types leave that open. */
interface CsvItem {
  readonly record: string[];
  readonly info: { readonly lines: number };
}

function reasonOf(error: unknown): string {
  switch (stringMember(error, 'code')) {
    case 'CSV_QUOTE_NOT_CLOSED':
      return 'a quote is opened here or later and never closed';
    case 'CSV_MAX_RECORD_SIZE':
      return `a row is longer than ${longestRow.toLocaleString('en-US')} bytes, or a quote is opened and never closed`;
    default:
      return messageOf(error);
  }
}

function rowOf(cells: string[], line: number, { columns, places }: CsvHeader, options: RowOptions): Row {
  const surplus = cells.slice(columns.length);
  if (surplus.some((cell) => cell.trim() !== '')) {
    const message = `has ${String(cells.length)} cells, and the header ${String(columns.length)} columns; too many: ${JSON.stringify(surplus)}.`;
    return { line, cells, error: rowError(line, '', message) };
  }
  const cell = (name: keyof typeof places): string => cells[places[name] ?? -1]?.trim() ?? '';
  if (places.from_id === undefined) {
    const input = readInput(cell('input'), line, options);
    return input instanceof InputError ? { line, cells, error: input } : { line, cells, input };
  }
  const from = readId(line, 'from_id', cell('from_id'));
  if (from instanceof InputError) return { line, cells, error: from };
  const to = readId(line, 'to_id', cell('to_id'));
  if (to instanceof InputError) return { line, cells, error: to };
  const types = readTypes(line, cell('category').toUpperCase(), cell('type_id'), options);
  if (types instanceof InputError) return { line, cells, error: types };
  return { line, cells, input: { from: { id: from }, to: { id: to }, types } };
}

/** 1.23457E+11, 37295.0 or ="37295". Every other text is for the API to judge. */
const changedBySpreadsheet = /^(\d+([.,]\d+)?[eE]\+?\d+|\d+[.,]\d+|=.*)$/;

function readId(line: number, column: string, id: string): string | InputError {
  if (id === '') return rowError(line, `/${column}`, 'is empty.');
  if (!changedBySpreadsheet.test(id)) return id;
  return rowError(line, `/${column}`, `is ${id}: a spreadsheet has changed the id. Export the column as text.`);
}

function readTypes(
  line: number,
  category: string,
  typeId: string,
  { defaultTypes }: RowOptions,
): AssociationSpec[] | InputError {
  if (category === '' && typeId === '') {
    return defaultTypes.length > 0
      ? [...defaultTypes]
      : rowError(line, '/type_id', 'is empty, and there is no --type.');
  }
  if (!categories.some((known) => known === category)) {
    const found = category === '' ? 'empty' : category;
    return rowError(line, '/category', `has to be one of ${categories.join(', ')}, and is ${found}.`);
  }
  const type = { associationCategory: category, associationTypeId: /^\d+$/.test(typeId) ? Number(typeId) : NaN };
  if (schemas.AssociationSpec(type)) return [type];
  const found = typeId === '' ? 'empty' : typeId;
  return rowError(line, '/type_id', `has to be a whole number of 32 bits, and is ${found}.`);
}
