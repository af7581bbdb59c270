/**
 * Writes records of CSV (RFC 4180); lines end with LF. It is written here since a file of results has as
 * many rows as the input: csv-stringify takes four times the time.
 */
export function createCsvWriter(delimiter: string): (records: readonly (readonly string[])[]) => string {
  const special = ['"', '\r', '\n', delimiter];
  const written = (cell: string): string =>
    special.some((character) => cell.includes(character)) ? `"${cell.replaceAll('"', '""')}"` : cell;
  return (records) => records.map((cells) => `${cells.map(written).join(delimiter)}\n`).join('');
}
