import { pipeline, Readable } from 'node:stream';
import { parse } from 'csv-parse';
import {
  associationSpecAssociationCategoryValues as categories,
  type AssociationSpec,
} from '../../generated/schema.js';
import { InputError, messageOf } from '../client/errors.js';
import { rowError, type Row, type RowOptions, type RowSource } from './row.js';

/** The longest row, in bytes. A quote that is never closed would otherwise swallow the rest of the file. */
const longestRow = 1_000_000;

/**
 * Reads CSV with a header of `from_id` and `to_id`, and of `category` and `type_id` if rows name
 * their types. Other columns are kept. Comma, semicolon and tab are recognised by the header.
 *
 * @param chunks - The file.
 * @param head - Its first text, which holds at least the header.
 * @throws InputError when the header lacks a column.
 */
export function readCsv(chunks: AsyncIterable<Uint8Array>, head: string, options: RowOptions): RowSource {
  const { delimiter, columns } = readHeader(head, options);
  return { format: 'CSV', columns, rows: csvRows(chunks, delimiter, columns, options) };
}

function readHeader(head: string, { defaultTypes }: RowOptions): { delimiter: string; columns: string[] } {
  const [line = ''] = head.split(/\r\n|\n|\r/, 1);
  const candidates = [',', ';', '\t'].map((delimiter) => ({
    delimiter,
    columns: line.split(delimiter).map((cell) => columnName(cell)),
  }));
  const found = candidates.find(({ columns }) => columns.includes('from_id') && columns.includes('to_id'));
  if (found === undefined) {
    throw rowError(1, '', `the header has no columns from_id and to_id: ${JSON.stringify(line.slice(0, 80))}.`);
  }
  const repeated = found.columns.find((column, index) => column !== '' && found.columns.indexOf(column) !== index);
  if (repeated !== undefined) throw rowError(1, '', `the header has the column ${repeated} twice.`);
  const typed = found.columns.includes('category') && found.columns.includes('type_id');
  if (!typed && defaultTypes.length === 0) {
    throw rowError(
      1,
      '',
      'the header has no columns category and type_id, so --type has to say how records are associated.',
    );
  }
  return found;
}

function columnName(cell: string): string {
  return cell.trim().replaceAll(/^"|"$/g, '').trim().toLowerCase();
}

async function* csvRows(
  chunks: AsyncIterable<Uint8Array>,
  delimiter: string,
  columns: readonly string[],
  options: RowOptions,
): AsyncGenerator<Row, void> {
  // An error that ends the parser would take the rows with it that wait to be read: so it is noted
  // here, no more of the file is parsed, and it is thrown once those rows have been given.
  let broken: unknown;
  let last = 1;
  const parser = parse({
    bom: true,
    delimiter,
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
    yield rowOf(record, info.lines - lineBreaks, columns, options);
  }
  if (broken === undefined) return;
  const quoted = /QUOTE_NOT_CLOSED|MAX_RECORD_SIZE/.test(String(codeOf(broken)));
  const reason = quoted ? 'a quote is opened here or later and never closed' : messageOf(broken);
  throw rowError(last + 1, '', `the file cannot be read from here on: ${reason}.`);
}

/** What csv-parse yields with `info` and without `columns`; its own types leave that open. */
interface CsvItem {
  readonly record: string[];
  readonly info: { readonly lines: number };
}

function codeOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
}

function rowOf(record: string[], line: number, columns: readonly string[], { defaultTypes }: RowOptions): Row {
  const cells = Object.fromEntries(columns.map((column, index) => [column, record[index] ?? '']));
  if (record.slice(columns.length).some((cell) => cell.trim() !== '')) {
    const message = `has ${String(record.length)} cells, and the header ${String(columns.length)} columns.`;
    return { line, cells, error: rowError(line, '', message) };
  }
  const from = readId(line, cells, 'from_id');
  const to = readId(line, cells, 'to_id');
  const types = readTypes(line, cells, defaultTypes);
  const error = [from, to, types].find((value) => value instanceof InputError);
  if (typeof from === 'string' && typeof to === 'string' && Array.isArray(types)) {
    return { line, cells, input: { from: { id: from }, to: { id: to }, types } };
  }
  return { line, cells, error: error ?? rowError(line, '', 'cannot be read.') };
}

function readId(line: number, cells: Row['cells'], column: string): string | InputError {
  const id = (cells[column] ?? '').trim();
  if (id === '') return rowError(line, `/${column}`, 'is empty.');
  if (/^\d+([.,]\d+)?[eE]\+?\d+$/.test(id)) {
    return rowError(line, `/${column}`, `is ${id}: a spreadsheet has rounded the id. Export the column as text.`);
  }
  return id;
}

function readTypes(
  line: number,
  cells: Row['cells'],
  defaultTypes: readonly AssociationSpec[],
): AssociationSpec[] | InputError {
  const category = (cells['category'] ?? '').trim().toUpperCase();
  const typeId = (cells['type_id'] ?? '').trim();
  if (category === '' && typeId === '') {
    return defaultTypes.length > 0
      ? [...defaultTypes]
      : rowError(line, '/type_id', 'is empty, and there is no --type.');
  }
  const associationCategory = categories.find((known) => known === category);
  if (associationCategory === undefined) {
    const found = category === '' ? 'empty' : category;
    return rowError(line, '/category', `has to be one of ${categories.join(', ')}, and is ${found}.`);
  }
  if (!/^\d{1,10}$/.test(typeId)) {
    return rowError(line, '/type_id', `has to be a whole number, and is ${typeId === '' ? 'empty' : typeId}.`);
  }
  return [{ associationCategory, associationTypeId: Number(typeId) }];
}
