import type { InputError } from '../client/errors.js';
import { firstRecord } from './csv-records.js';
import { rowError, type RowOptions } from './row.js';

/** The columns that say what to associate. */
const names = ['from_id', 'to_id', 'category', 'type_id', 'input'] as const;

type ColumnName = (typeof names)[number];

/** What the header of a CSV file says. */
export interface CsvHeader {
  readonly delimiter: string;
  readonly line: number;
  /** The columns as the file names them. */
  readonly columns: readonly string[];
  /** Where the columns stand that say what to associate. */
  readonly places: Readonly<Partial<Record<ColumnName, number>>>;
}

/**
 * Reads the header, trying comma, semicolon and tab. A file has `from_id` and `to_id`; or `input`,
 * an input as JSON, as the rejects of an NDJSON file have it.
 *
 * @param head - The beginning of the file.
 * @param isWhole - Whether that is all there is to be read.
 * @returns Nothing if the header does not end there.
 * @throws InputError when the header lacks a column, or has one twice.
 */
export function readCsvHeader(head: string, isWhole: boolean, { defaultTypes }: RowOptions): CsvHeader | undefined {
  const headers = [',', ';', '\t'].map((delimiter) => headerWith(delimiter, head, isWhole));
  const header = headers.find((found) => found !== undefined && isEnough(found.places));
  if (header === undefined) {
    if (headers.includes(undefined) && !isWhole) return undefined;
    throw missingColumns(headers.filter((found) => found !== undefined));
  }
  for (const name of names) {
    if (header.columns.filter((column) => keyOf(column) === name).length > 1) {
      throw rowError(header.line, '', `the header has the column ${name} twice.`);
    }
  }
  const { category, type_id: typeId, input } = header.places;
  if (input === undefined && (category === undefined || typeId === undefined) && defaultTypes.length === 0) {
    const message = 'the header has no columns category and type_id, so --type has to say how records are associated.';
    throw rowError(header.line, '', message);
  }
  return header;
}

function missingColumns(headers: readonly CsvHeader[]): InputError {
  const [found] = [...headers].sort((a, b) => Object.keys(b.places).length - Object.keys(a.places).length);
  const missing = ['from_id', 'to_id'].filter((name) => !found?.columns.some((column) => keyOf(column) === name));
  const columns = JSON.stringify(found?.columns.join(', ').slice(0, 80) ?? '');
  return rowError(found?.line ?? 1, '', `the header has no ${missing.join(' and no ')}: ${columns}.`);
}

function headerWith(delimiter: string, head: string, isWhole: boolean): CsvHeader | undefined {
  const record = firstRecord(delimiter, head, isWhole);
  if (record === undefined) return undefined;
  const columns = record.cells;
  const places = names
    .map((name) => [name, columns.findIndex((column) => keyOf(column) === name)] as const)
    .filter(([, place]) => place >= 0);
  return { delimiter, line: record.line, columns, places: Object.fromEntries(places) };
}

function isEnough(places: CsvHeader['places']): boolean {
  return (places.from_id !== undefined && places.to_id !== undefined) || places.input !== undefined;
}

function keyOf(column: string): string {
  return column.trim().toLowerCase();
}
