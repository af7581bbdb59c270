import { editDistance } from './edit-distance.js';

/** The known name that a misspelt name probably stands for. */
export function nearest(name: string, known: readonly string[]): string | undefined {
  const most = Math.max(2, Math.floor(name.length / 3));
  const byDistance = known
    .map((candidate) => ({ candidate, distance: editDistance(name.toLowerCase(), candidate.toLowerCase()) }))
    .sort((a, b) => a.distance - b.distance);
  return byDistance.find(({ distance }) => distance <= most)?.candidate;
}
