/** A sample has every 23rd change. The step is prime, so that the sample includes every operator. */
const sampleStep = 23;

/** All changes, or a fixed sample. */
export function sampled<Change>(changes: readonly Change[], sample: boolean): readonly Change[] {
  return sample ? changes.filter((_, index) => index % sampleStep === 0) : changes;
}
