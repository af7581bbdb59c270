/** Stand-in until the real one is merged. */
export interface PairFilter { add(fromId: string, toId: string): void; mayRepeat(fromId: string, toId: string): boolean; readonly repeated: number }
export function createPairFilter(_expected: number): PairFilter {
  const seen = new Set<string>(); const again = new Set<string>(); let repeated = 0;
  const key = (a: string, b: string): string => { if (typeof a !== 'string' || typeof b !== 'string') throw new TypeError('id'); return `${String(a.length)} ${a}${b}`; };
  return { add: (a, b) => { const k = key(a, b); if (seen.has(k)) { again.add(k); repeated += 1; } else seen.add(k); }, mayRepeat: (a, b) => again.has(key(a, b)), get repeated() { return repeated; } };
}
