/**
 * A number from 0 to 1 that depends only on its arguments. So a fault affects the same requests in every
 * run with the same seed, in whatever order they are answered.
 */
export function random(...seedAndPlaces: readonly [seed: number, ...places: number[]]): number {
  let state = 0;
  for (const number of seedAndPlaces) {
    state = Math.imul(state ^ (number + 0x9e3779b9), 0x85ebca6b);
    state = Math.imul(state ^ (state >>> 13), 0xc2b2ae35);
    state ^= state >>> 16;
  }
  return (state >>> 0) / 2 ** 32;
}
