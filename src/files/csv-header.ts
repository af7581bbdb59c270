import { parse } from 'csv-parse/sync';
import { rowError, type RowOptions } from './row.js';

/** The columns that say what to associate. */
const names = ['from_id', 'to_id', 'category', 'type_id', 'input'] as const;

type ColumnName = (typeof names)[number];

/** What the header of a CSV file says. */
export interface CsvHeader {
  readonly delimiter: string;
  /** The columns as the file names them. */
  readonly columns: readonly string[];
  /** Where the columns stand that say what to associate. */
  readonly places: Readonly<Partial<Record<ColumnName, number>>>;
}

/**
 * Reads the header, trying comma, semicolon and tab. A file has `from_id` and `to_id`; or `input`,
 * an input as JSON, as the rejects of an NDJSON file have it.
 *
 * @param head - The first text of the file, which holds at least the header.
 * @throws InputError when the header lacks a column, or has one twice.
 */
export function readCsvHeader(head: string, { defaultTypes }: RowOptions): CsvHeader {
  const headers = [',', ';', '\t'].map((delimiter) => headerWith(delimiter, head));
  const header = headers.find(({ places }) => isEnough(places));
  if (header === undefined) {
    const [found] = [...headers].sort((a, b) => Object.keys(b.places).length - Object.keys(a.places).length);
    const missing = ['from_id', 'to_id'].filter((name) => !found?.columns.some((column) => keyOf(column) === name));
    const columns = JSON.stringify(found?.columns.join(', ').slice(0, 80) ?? '');
    throw rowError(1, '', `the header has no ${missing.join(' and no ')}: ${columns}.`);
  }
  for (const name of names) {
    if (header.columns.filter((column) => keyOf(column) === name).length > 1) {
      throw rowError(1, '', `the header has the column ${name} twice.`);
    }
  }
  const { category, type_id: typeId, input } = header.places;
  if (input === undefined && (category === undefined || typeId === undefined) && defaultTypes.length === 0) {
    const message = 'the header has no columns category and type_id, so --type has to say how records are associated.';
    throw rowError(1, '', message);
  }
  return header;
}

function headerWith(delimiter: string, head: string): CsvHeader {
  const columns = firstRecord(delimiter, head);
  const places = names
    .map((name) => [name, columns.findIndex((column) => keyOf(column) === name)] as const)
    .filter(([, place]) => place >= 0);
  return { delimiter, columns, places: Object.fromEntries(places) };
}

function firstRecord(delimiter: string, head: string): string[] {
  try {
    const options = { delimiter, bom: true, relax_quotes: true, relax_column_count: true, skip_empty_lines: true };
    const [record = []] = parse(head, { ...options, to: 1 });
    return record;
  } catch {
    return [];
  }
}

function isEnough(places: CsvHeader['places']): boolean {
  return (places.from_id !== undefined && places.to_id !== undefined) || places.input !== undefined;
}

function keyOf(column: string): string {
  return column.trim().toLowerCase();
}
