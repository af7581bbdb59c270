/** A unique key for a pair of ids, whatever characters they contain. */
export function pairKey(from: string, to: string): string {
  return `${String(from.length)} ${from}${to}`;
}
