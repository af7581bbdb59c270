/** Used unless `CONTRACT_SEED` is set. */
const defaultSeed = 20260330;

/**
 * The seed of all generated values. The same seed gives the same values.
 */
export const seed = readSeed(process.env['CONTRACT_SEED']);

function readSeed(given: string | undefined): number {
  if (given === undefined || given === '') return defaultSeed;
  const number = Number(given);
  if (!Number.isInteger(number) || Math.abs(number) > 2 ** 31 - 1) {
    throw new Error(`CONTRACT_SEED must be a whole number of at most 31 bits, not ${given}.`);
  }
  return number;
}
