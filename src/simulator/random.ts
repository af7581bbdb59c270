/**
 * A number from 0 to 1 that depends on its arguments alone: so a fault hits the same requests in
 * every run of the same seed, in whatever order they are answered.
 */
export function random(seed: number, ...places: readonly number[]): number {
  let state = seed | 0;
  for (const place of places) {
    state = Math.imul(state ^ (place + 0x9e3779b9), 0x85ebca6b);
    state = Math.imul(state ^ (state >>> 13), 0xc2b2ae35);
    state ^= state >>> 16;
  }
  return (state >>> 0) / 2 ** 32;
}
