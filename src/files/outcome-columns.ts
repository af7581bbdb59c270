/**
 * What a file of results says of a row behind the row's own columns. `category` would be the type of
 * association where the file is given again.
 */
export const outcomeColumns = ['row', 'outcome', 'error_category', 'message', 'correlation_id'] as const;

/** Whether a file is one of results, which may have been corrected: its last columns are the outcome's. */
export function isFileOfResults(columns: readonly string[]): boolean {
  return outcomeColumns.every((name, at) => {
    const column = columns.at(at - outcomeColumns.length);
    return column === name || column === `rejected_${name}`;
  });
}

/** What a spreadsheet takes for a formula (https://owasp.org/www-community/attacks/CSV_Injection), or for one that was made harmless. */
const formula = /^'*[=+\-@\t\r]/;

/** The cell so that a spreadsheet shows it, and runs nothing of it. `originalCell` gives it back. */
export function harmlessCell(cell: string): string {
  return formula.test(cell) ? `'${cell}` : cell;
}

/** The cell that was made harmless in a file of results. */
export function originalCell(cell: string): string {
  return cell.startsWith("'") && formula.test(cell) ? cell.slice(1) : cell;
}
