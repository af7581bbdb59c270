import { hubspotAssociationTypes } from '../../generated/api-facts.js';
import type { InputError } from '../client/errors.js';
import { nearest } from '../client/nearest.js';
import { findObjectType } from '../client/object-types.js';
import { recordAt } from './csv-records.js';
import { guessColumns } from './guess-columns.js';
import { columnNames, rowError, type ColumnName, type RowOptions } from './row.js';

/** The header of a CSV file. */
export interface CsvHeader {
  readonly delimiter: string;
  /** The number of records before the first row: the header, and perhaps a line that names the delimiter. */
  readonly records: number;
  readonly line: number;
  /** The names of the columns, as in the file. */
  readonly columns: readonly string[];
  /** The places of the columns that say what to associate. */
  readonly places: Readonly<Partial<Record<ColumnName | 'input', number>>>;
}

const delimiters = [',', ';', '\t', '|'];

/** A first line that tells a spreadsheet the delimiter. */
const delimiterLine = /^"?sep=([^\r\n])"?[^\S\r\n]*(?:\r\n?|\n)/i;

/**
 * Reads the header, trying comma, semicolon, tab and pipe. A file has columns for the two ids; or a column
 * `input` with JSON, as in the rejects of an NDJSON file.
 *
 * @param head - The beginning of the file.
 * @param isWhole - Whether this is the whole file.
 * @returns `undefined` if the header does not end there.
 * @throws InputError if the header lacks a column or has one twice.
 */
export function readCsvHeader(head: string, isWhole: boolean, options: RowOptions): CsvHeader | undefined {
  const [, named] = delimiterLine.exec(head) ?? [];
  const candidates = named === undefined ? delimiters : [...new Set([named, ...delimiters])];
  const headers = candidates.map((delimiter) =>
    headerWith(delimiter, head, { isWhole, records: named === undefined ? 1 : 2, options }),
  );
  const header = headers.find((found) => found !== undefined && isEnough(found.places));
  if (header === undefined) {
    if (headers.includes(undefined) && !isWhole) return undefined;
    throw missingColumns(
      headers.filter((found) => found !== undefined),
      options,
    );
  }
  requireNamedColumns(header, options);
  requireDifferentColumns(header);
  requireUniqueColumns(header, options);
  requireTypes(header, options);
  return header;
}

function headerWith(
  delimiter: string,
  head: string,
  { isWhole, records, options }: { isWhole: boolean; records: number; options: RowOptions },
): CsvHeader | undefined {
  const record = recordAt(records, delimiter, head, isWhole);
  if (record === undefined) return undefined;
  const columns = record.cells;
  const places = ([...columnNames, 'input'] as const)
    .map((name) => [name, columns.findIndex((column) => keyOf(column) === keyOf(titleOf(name, options)))] as const)
    .filter(([, place]) => place >= 0);
  return { delimiter, records, line: record.line, columns, places: Object.fromEntries(places) };
}

/** The name of a column in the file. */
function titleOf(name: ColumnName | 'input', { columns }: RowOptions): string {
  return name === 'input' ? name : (columns?.[name] ?? name);
}

function isEnough(places: CsvHeader['places']): boolean {
  return (places.from_id !== undefined && places.to_id !== undefined) || places.input !== undefined;
}

function keyOf(column: string): string {
  return column.trim().toLowerCase();
}

/** The command-line option that names a column. */
const optionOf: Readonly<Record<ColumnName, string>> = {
  from_id: '--from-column',
  to_id: '--to-column',
  category: '--category-column',
  type_id: '--type-id-column',
};

function missingColumns(headers: readonly CsvHeader[], options: RowOptions): InputError {
  const [header] = [...headers].sort((a, b) => usefulness(b) - usefulness(a));
  const columns = (header?.columns ?? []).filter((column) => column.trim() !== '');
  const missing = (['from_id', 'to_id'] as const).filter((name) => header?.places[name] === undefined);
  const titles = missing.map((name) => quoted(titleOf(name, options)));
  const guesses = guessColumns(columns, options.objectTypes);
  const found = missing.map((name) => {
    const mapped = options.columns?.[name];
    return (mapped === undefined ? undefined : nearest(mapped, columns)) ?? guesses[name];
  });
  const advice = missing.map((name, at) => `${optionOf[name]} ${quoted(found[at] ?? 'NAME')}`).join(' ');
  const next = found.includes(undefined)
    ? `Say which columns hold the ids: ${advice}`
    : `Say which columns they are, probably: ${advice}`;
  const apart = columns.length === 1 ? ' Columns are separated by comma, semicolon, tab or pipe.' : '';
  const isRow = columns.length > 1 && columns.every((column) => /^\d+$/.test(column.trim()));
  const above = 'That looks like a row: put a header above it, such as from_id,to_id';
  const message = `the header has no column ${titles.join(' and no ')}. It has ${listed(columns)}.${apart} ${isRow ? above : next}`;
  return rowError(header?.line ?? 1, '', message);
}

/** Prefers the delimiter that finds the most known columns, and then the most columns. */
function usefulness({ places, columns }: CsvHeader): number {
  return 10_000 * Object.keys(places).length + columns.length;
}

/** Requires every column that the caller has named. */
function requireNamedColumns({ line, columns, places }: CsvHeader, options: RowOptions): void {
  for (const name of columnNames) {
    const mapped = options.columns?.[name];
    if (mapped === undefined || places[name] !== undefined) continue;
    const near = nearest(mapped, columns);
    const advice = near === undefined ? '' : ` Did you mean ${optionOf[name]} ${quoted(near)}?`;
    throw rowError(line, '', `the header has no column ${quoted(mapped)}. It has ${listed(columns)}.${advice}`);
  }
}

function requireDifferentColumns({ line, columns, places: { from_id: from, to_id: to } }: CsvHeader): void {
  if (from === undefined || from !== to) return;
  const title = quoted(columns[from] ?? '');
  const message = `--from-column and --to-column both name ${title}. It has ${listed(columns)}. Name the column of the other ids.`;
  throw rowError(line, '', message);
}

function requireUniqueColumns({ line, columns, places }: CsvHeader, options: RowOptions): void {
  for (const name of [...columnNames, 'input'] as const) {
    const title = titleOf(name, options);
    const found = columns.flatMap((column, at) => (keyOf(column) === keyOf(title) ? [String(at + 1)] : []));
    if (places[name] === undefined || found.length < 2) continue;
    const message = `the header has the column ${quoted(title)} twice, in places ${found.join(' and ')}. Rename the one that does not count.`;
    throw rowError(line, '', message);
  }
}

function requireTypes({ line, places }: CsvHeader, { defaultTypes, objectTypes }: RowOptions): void {
  const { category, type_id: typeId, input } = places;
  if (input !== undefined || (category !== undefined && typeId !== undefined) || defaultTypes.length > 0) return;
  const { from = 'FROM', to = 'TO' } = objectTypes ?? {};
  const [fromName, toName] = [findObjectType(from)?.name, findObjectType(to)?.name];
  const types: readonly { id: number; from: string; to: string; label?: string }[] = hubspotAssociationTypes;
  const plain = types.find((type) => type.from === fromName && type.to === toName && type.label === undefined);
  const example = plain === undefined ? '' : `, such as --type HUBSPOT_DEFINED:${String(plain.id)}`;
  const message =
    `the header has no columns category and type_id, so --type has to say how records are associated${example}. ` +
    `To see the types of this direction: hubspot-associations types ${from} ${to}`;
  throw rowError(line, '', message);
}

/** Quotes a name for the shell. */
function quoted(name: string): string {
  return /^[\w.-]+$/.test(name) ? name : `"${name}"`;
}

function listed(columns: readonly string[]): string {
  const text = columns.map(quoted).join(', ');
  return columns.length === 0 ? 'none' : text.length > 300 ? `${text.slice(0, 300)}…` : text;
}
