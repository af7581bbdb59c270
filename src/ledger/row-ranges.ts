/** Rows from the first to the last, both included. */
export type RowRange = readonly [first: number, last: number];

/** Row numbers as ranges. */
export function rangesOf(rows: readonly number[]): RowRange[] {
  const ranges: [number, number][] = [];
  for (const row of [...rows].sort((a, b) => a - b)) {
    const last = ranges.at(-1);
    if (last !== undefined && row <= last[1] + 1) last[1] = Math.max(last[1], row);
    else ranges.push([row, row]);
  }
  return ranges;
}

/** A set of row numbers that takes a bit for each row, up to the largest. */
export interface RowSet {
  add(range: RowRange): void;
  delete(row: number): void;
  has(row: number): boolean;
}

export function createRowSet(): RowSet {
  let bits = new Uint8Array(1_024);
  return {
    add: ([first, last]) => {
      if (last >= bits.length * 8) {
        const larger = new Uint8Array(Math.max(bits.length * 2, Math.ceil((last + 1) / 8)));
        larger.set(bits);
        bits = larger;
      }
      for (let row = first; row <= last; row += 1) bits[row >>> 3] = (bits[row >>> 3] ?? 0) | (1 << (row & 7));
    },
    delete: (row) => {
      bits[row >>> 3] = (bits[row >>> 3] ?? 0) & ~(1 << (row & 7));
    },
    has: (row) => ((bits[row >>> 3] ?? 0) & (1 << (row & 7))) !== 0,
  };
}
