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
import { rowError, tooLongRow, type Row, type RowOptions } from './row.js';
import { createSharedTypes, frozen } from './shared-types.js';

/**
 * CSV with a header of `from_id` and `to_id`, and of `category` and `type_id` if rows name their
 * types; or of `input`, an input as JSON. Other columns are kept.
 */
export function csvFormat(header: CsvHeader, options: RowOptions): RowFormat {
  const { delimiter, columns, places } = header;
  return {
    format: 'CSV',
    columns,
    readRows: (onRow) => {
      const inputOf = places.from_id === undefined ? jsonInputs(header, options) : plainInputs(header, options);
      return readRecords(delimiter, {
        onRecord: afterHeader((cells, line) => {
          onRow(rowOf(cells, line, columns, inputOf));
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
        onRecord: afterHeader((cells) => {
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

function afterHeader(onRecord: OnRecord): OnRecord {
  let isHeader = true;
  return (cells, line) => {
    if (isHeader) isHeader = false;
    else onRecord(cells, line);
  };
}

/** The input of a record, or why it has none. */
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

function plainInputs({ places }: CsvHeader, options: RowOptions): InputOf {
  const fromPlace = places.from_id ?? 0;
  const toPlace = places.to_id ?? 0;
  const typesOf = createTypesReader(places, options);
  return (cells, line) => {
    const from = readId(line, 'from_id', cells[fromPlace]);
    if (typeof from !== 'string') return from;
    const to = readId(line, 'to_id', cells[toPlace]);
    if (typeof to !== 'string') return to;
    const types = typesOf(cells, line);
    return types instanceof InputError ? types : { from: { id: from }, to: { id: to }, types };
  };
}

/** 1.23457E+11, 37295.0 or ="37295". Every other text is for the API to judge. */
const changedBySpreadsheet = /^(\d+([.,]\d+)?[eE]\+?\d+|\d+[.,]\d+|=.*)$/;

function readId(line: number, column: string, cell = ''): string | InputError {
  const id = cell.trim();
  if (id === '') return rowError(line, `/${column}`, 'is empty.');
  if (!changedBySpreadsheet.test(id)) return id;
  const message = `is ${shortened(id)}: a spreadsheet has changed the id. Export the column as text.`;
  return rowError(line, `/${column}`, message);
}

type TypesOf = (cells: readonly string[], line: number) => AssociationSpec[] | InputError;

function createTypesReader(places: CsvHeader['places'], { defaultTypes }: RowOptions): TypesOf {
  const defaults = frozen(defaultTypes);
  const shared = createSharedTypes();
  const { category: categoryPlace, type_id: typeIdPlace } = places;
  if (categoryPlace === undefined && typeIdPlace === undefined) return () => defaults;

  // Rows mostly name the type of the row before.
  let before = { category: '', typeId: '', types: defaults };
  return (cells, line) => {
    const category = categoryPlace === undefined ? '' : (cells[categoryPlace] ?? '');
    const typeId = typeIdPlace === undefined ? '' : (cells[typeIdPlace] ?? '');
    if (category === before.category && typeId === before.typeId && before.types.length > 0) return before.types;
    const type = readType(line, category.trim().toUpperCase(), typeId.trim());
    if (type instanceof InputError) return type;
    if (type === undefined && defaults.length === 0) {
      return rowError(line, '/type_id', 'is empty, and there is no --type.');
    }
    const types = type === undefined ? defaults : shared.of(type);
    before = { category, typeId, types };
    return types;
  };
}

/** The type that the cells name, or nothing if they are empty. */
function readType(line: number, category: string, typeId: string): AssociationSpec | InputError | undefined {
  if (category === '' && typeId === '') return undefined;
  if (!categories.some((known) => known === category)) {
    const found = category === '' ? 'empty' : shortened(category);
    return rowError(line, '/category', `has to be one of ${categories.join(', ')}, and is ${found}.`);
  }
  const type = { associationCategory: category, associationTypeId: /^\d+$/.test(typeId) ? Number(typeId) : NaN };
  if (schemas.AssociationSpec(type)) return type;
  const found = typeId === '' ? 'empty' : shortened(typeId);
  return rowError(line, '/type_id', `has to be a whole number of 32 bits, and is ${found}.`);
}

/** A message stays readable, whatever a cell holds. */
function shortened(text: string): string {
  return text.length > 100 ? `${text.slice(0, 100)}…` : text;
}
