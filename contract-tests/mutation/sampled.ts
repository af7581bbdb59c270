/** In a sample, one change of so many is tried. It is a prime, so that the sample meets every operator. */
const sampleStep = 23;

/** All changes, or a fixed part of them. */
export function sampled<Change>(changes: readonly Change[], sample: boolean): readonly Change[] {
  return sample ? changes.filter((_, index) => index % sampleStep === 0) : changes;
}
