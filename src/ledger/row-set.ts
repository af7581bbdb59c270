import type { RowRange } from './row-ranges.js';

/** A set of row numbers. It takes one bit per row, and almost nothing for long ranges. */
export interface RowSet {
  add(range: RowRange): void;
  has(row: number): boolean;
}

const rowsPerPage = 32_768;
const full = new Uint8Array(rowsPerPage / 8).fill(0xff);

export function createRowSet(): RowSet {
  const pages = new Map<number, Uint8Array>();
  const addToPage = (page: number, from: number, to: number): void => {
    let bits = pages.get(page);
    if (bits === full) return;
    if (bits === undefined) pages.set(page, (bits = new Uint8Array(rowsPerPage / 8)));
    for (let row = from; row <= to; row += 1) bits[row >>> 3] = (bits[row >>> 3] ?? 0) | (1 << (row & 7));
  };
  return {
    add: ([first, last]) => {
      for (let page = Math.floor(first / rowsPerPage); page * rowsPerPage <= last; page += 1) {
        const from = Math.max(first - page * rowsPerPage, 0);
        const to = Math.min(last - page * rowsPerPage, rowsPerPage - 1);
        if (from === 0 && to === rowsPerPage - 1) pages.set(page, full);
        else addToPage(page, from, to);
      }
    },
    has: (row) => {
      const bits = pages.get(Math.floor(row / rowsPerPage));
      const bit = row % rowsPerPage;
      return bits !== undefined && ((bits[bit >>> 3] ?? 0) & (1 << (bit & 7))) !== 0;
    },
  };
}
