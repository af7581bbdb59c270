/** In a sample, one job of so many is done. It is a prime, so that the sample meets every operator. */
const sampleStep = 23;

/** The jobs of one worker: of all of them, or of the fixed sample, every n-th. */
export function jobsOf<Job>(
  jobs: readonly Job[],
  { shard, shards, sample }: { shard: number; shards: number; sample: boolean },
): Job[] {
  return jobs.filter((_, index) => !sample || index % sampleStep === 0).filter((_, index) => index % shards === shard);
}
