import type { Line } from './page-text.js';
import { requiredColumn, yesCells } from './words.js';

/** Converts table rows to one line per cell, so that tables and lists are read in the same way. */
export function withoutTables(lines: readonly Line[]): Line[] {
  let required = -1;
  return lines.flatMap((line) => {
    const cells = cellsOf(line.text);
    if (cells === undefined) {
      required = -1;
      return [line];
    }
    const column = cells.findIndex((cell) => requiredColumn.includes(cell.toLowerCase()));
    if (required === -1 && column !== -1 && !cells.some((cell) => /^(string|object|integer)/.test(cell))) {
      required = column;
      return [];
    }
    return reorder(cells, required)
      .filter((cell) => !/^:?-*:?$/.test(cell))
      .map((text) => ({ ...line, text }));
  });
}

function cellsOf(text: string): string[] | undefined {
  const row = /^\s*\|(.*)\|\s*$/.exec(text)?.[1];
  return row?.split(/(?<!\\)\|/).map((cell) => cell.trim());
}

/** Name, type, required mark, and the rest. */
function reorder(cells: readonly string[], required: number): string[] {
  const [name = '', ...others] = cells;
  if (required < 1) return [...cells];
  const mark = yesCells.includes((cells[required] ?? '').toLowerCase()) ? 'required' : 'optional';
  const rest = others.filter((_, index) => index !== required - 1);
  return [name, rest[0] ?? '', mark, ...rest.slice(1)];
}
