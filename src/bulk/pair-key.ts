/** A text that stands for a pair of ids, whatever characters they hold. */
export function pairKey(from: string, to: string): string {
  return `${String(from.length)} ${from}${to}`;
}
