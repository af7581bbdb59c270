import {
  associationSpecAssociationCategoryValues as categories,
  type AssociationSpec,
} from '../../generated/schema.js';
import { schemas } from '../../generated/validators.js';
import { InputError } from '../client/errors.js';
import type { AssociationInput } from '../client/validate.js';
import type { CsvHeader } from './csv-header.js';
import { readRecords } from './csv-records.js';
import { createInputReader, idsIn } from './json-input.js';
import type { RowFormat } from './row-format.js';
import { isFileOfResults, originalCell } from './outcome-columns.js';
import { rowError, tooLongRow, type ColumnName, type Row, type RowOptions } from './row.js';
import { createSharedTypes, frozen } from './shared-types.js';

/**
 * CSV with a header: `from_id` and `to_id`, with `category` and `type_id` if rows name their types; or
 * `input` with JSON. Other columns are kept. Records of blank cells, which spreadsheets write for blank
 * lines, are skipped.
 */
export function csvFormat(header: CsvHeader, options: RowOptions): RowFormat {
  const { delimiter, columns, places } = header;
  const cellsOf = isFileOfResults(columns) ? originalCells : sameCells;
  return {
    format: 'CSV',
    columns,
    delimiter,
    readRows: (onRow) => {
      const inputOf = places.from_id === undefined ? jsonInputs(header, options) : plainInputs(header, options);
      return readRecords(delimiter, {
        onRecord: withoutHeader(header, (cells, line) => {
          onRow(rowOf(cellsOf(cells), line, columns, inputOf));
        }),
        onTooLong: (line) => {
          onRow(tooLongRow(line));
        },
      });
    },
    readPairs: (onPair) => {
      const from = places.from_id ?? -1;
      const to = places.to_id ?? -1;
      const input = places.input ?? -1;
      return readRecords(delimiter, {
        onRecord: withoutHeader(header, (record) => {
          const cells = cellsOf(record);
          if (from >= 0) onPair(cells[from]?.trim(), cells[to]?.trim());
          else onPair(...idsIn(cells[input] ?? ''));
        }),
        onTooLong: () => {
          onPair(undefined, undefined);
        },
      });
    },
  };
}

type OnRecord = (cells: string[], line: number) => void;

/** The records after the header that are not blank. */
function withoutHeader({ records }: CsvHeader, onRecord: OnRecord): OnRecord {
  let before = records;
  return (cells, line) => {
    if (before > 0) before -= 1;
    else if ((cells[0] ?? '').trim() !== '' || cells.some((cell) => cell.trim() !== '')) onRecord(cells, line);
  };
}

function sameCells(cells: string[]): string[] {
  return cells;
}

function originalCells(cells: string[]): string[] {
  return cells.map(originalCell);
}

/** Returns the input of a record, or why it has none. */
type InputOf = (cells: readonly string[], line: number) => AssociationInput | InputError;

function rowOf(cells: string[], line: number, columns: readonly string[], inputOf: InputOf): Row {
  const surplus = cells.length > columns.length ? surplusError(cells, line, columns) : undefined;
  const input = surplus ?? inputOf(cells, line);
  return input instanceof InputError ? { line, cells, error: input } : { line, cells, input };
}

function surplusError(cells: string[], line: number, columns: readonly string[]): InputError | undefined {
  const surplus = cells.slice(columns.length);
  if (surplus.every((cell) => cell.trim() === '')) return undefined;
  const message = `has ${String(cells.length)} cells, and the header ${String(columns.length)} columns; too many: ${shortened(JSON.stringify(surplus))}.`;
  return rowError(line, '', message);
}

function jsonInputs({ places }: CsvHeader, options: RowOptions): InputOf {
  const inputOf = createInputReader(options);
  const place = places.input ?? 0;
  return (cells, line) => inputOf(cells[place] ?? '', line);
}

function plainInputs({ places, columns }: CsvHeader, options: RowOptions): InputOf {
  const fromPlace = places.from_id ?? 0;
  const toPlace = places.to_id ?? 0;
  const fromTitle = titleAt(columns, fromPlace);
  const toTitle = titleAt(columns, toPlace);
  const typesOf = createTypesReader(places, columns, options);
  return (cells, line) => {
    const from = readId(line, fromTitle, cells[fromPlace]);
    if (typeof from !== 'string') return from;
    const to = readId(line, toTitle, cells[toPlace]);
    if (typeof to !== 'string') return to;
    const types = typesOf(cells, line);
    return types instanceof InputError ? types : { from: { id: from }, to: { id: to }, types };
  };
}

/** The name of a column in a message. */
function titleAt(columns: readonly string[], place: number): string {
  const title = (columns[place] ?? '').trim();
  return `column ${/\s/.test(title) ? `"${title}"` : title}`;
}

/** Matches 1.23457E+11, 37295.0, 1.234.567 or ="37295". The API decides about any other text. */
const changedBySpreadsheet = /^(\d+([.,]\d+)?[eE]\+?\d+|\d+([.,'’\s]\d+)+|=.*)$/;

function readId(line: number, column: string, cell = ''): string | InputError {
  const id = cell.trim();
  if (id === '') return rowError(line, '', `${column} is empty.`);
  if (!changedBySpreadsheet.test(id)) return id;
  const message =
    `${column} is ${shortened(id)}: a spreadsheet has changed the id, and digits of it may be lost. ` +
    'Export the column as text: take the ids from the source again, and import them as text before you save.';
  return rowError(line, '', message);
}

type TypesOf = (cells: readonly string[], line: number) => AssociationSpec[] | InputError;

function createTypesReader(places: CsvHeader['places'], columns: readonly string[], options: RowOptions): TypesOf {
  const defaults = frozen(options.defaultTypes);
  const shared = createSharedTypes();
  const { category: categoryPlace, type_id: typeIdPlace } = places;
  if (categoryPlace === undefined && typeIdPlace === undefined) return () => defaults;
  const title = (name: ColumnName): string => {
    const place = places[name];
    return place === undefined ? `column ${name}` : titleAt(columns, place);
  };

  // Most rows name the same type as the row before.
  let before = { category: '', typeId: '', types: defaults };
  return (cells, line) => {
    const category = categoryPlace === undefined ? '' : (cells[categoryPlace] ?? '');
    const typeId = typeIdPlace === undefined ? '' : (cells[typeIdPlace] ?? '');
    if (category === before.category && typeId === before.typeId && before.types.length > 0) return before.types;
    const type = readType(category.trim().toUpperCase(), typeId.trim(), title);
    if (typeof type === 'string') return rowError(line, '', type);
    if (type === undefined && defaults.length === 0) {
      return rowError(line, '', `${title('type_id')} is empty, and there is no --type.`);
    }
    const types = type === undefined ? defaults : shared.of(type);
    before = { category, typeId, types };
    return types;
  };
}

/** Returns the type that the cells name, `undefined` if they are empty, or a problem. */
function readType(
  category: string,
  typeId: string,
  title: (name: ColumnName) => string,
): AssociationSpec | string | undefined {
  if (category === '' && typeId === '') return undefined;
  if (!categories.some((known) => known === category)) {
    const found = category === '' ? 'empty' : shortened(category);
    return `${title('category')} must be one of ${categories.join(', ')}; it is ${found}.`;
  }
  const type = { associationCategory: category, associationTypeId: /^\d+$/.test(typeId) ? Number(typeId) : NaN };
  if (schemas.AssociationSpec(type)) return type;
  return `${title('type_id')} must be a whole number of 32 bits; it is ${typeId === '' ? 'empty' : shortened(typeId)}.`;
}

/** Keeps messages readable, whatever a cell contains. */
function shortened(text: string): string {
  return text.length > 100 ? `${text.slice(0, 100)}…` : text;
}
