/**
 * The columns that a file of results adds to each row. Not `category`, which would be read as the type of
 * association if the file is used as an input.
 */
export const outcomeColumns = ['row', 'outcome', 'error_category', 'message', 'correlation_id'] as const;

/** Whether a file is a file of results, perhaps corrected by hand: its last columns are those of the outcome. */
export function isFileOfResults(columns: readonly string[]): boolean {
  return outcomeColumns.every((name, at) => {
    const column = columns.at(at - outcomeColumns.length);
    return column === name || column === `rejected_${name}`;
  });
}

/**
 * Text that a spreadsheet would run as a formula (https://owasp.org/www-community/attacks/CSV_Injection),
 * or that was made harmless.
 */
const formula = /^'*[=+\-@\t\r]/;

/** Makes a spreadsheet show a cell rather than run it. `originalCell` reverses this. */
export function harmlessCell(cell: string): string {
  return formula.test(cell) ? `'${cell}` : cell;
}

/** The original of a cell that `harmlessCell` made harmless. */
export function originalCell(cell: string): string {
  return cell.startsWith("'") && formula.test(cell) ? cell.slice(1) : cell;
}
