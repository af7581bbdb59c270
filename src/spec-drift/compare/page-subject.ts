import type { Capture } from './capture.js';
import { samePath } from './compare-operation.js';
import type { PageFacts } from '../page/facts.js';

/** The operation that a page describes, according to its path. */
export type PageSubject =
  | { readonly kind: 'this-operation' }
  | { readonly kind: 'another-version'; readonly path: string; readonly version: string }
  | { readonly kind: 'another-operation'; readonly path: string }
  | { readonly kind: 'unknown' };

/** Identifies whether a page describes the operation, another version of it, or another operation. */
export function identifyPage({ paths }: PageFacts, { path: own }: Capture): PageSubject {
  const [first] = paths;
  if (first === undefined) return { kind: 'unknown' };
  if (paths.some(({ value }) => samePath(value, own))) return { kind: 'this-operation' };
  const { rest, version } = withoutVersion(first.value);
  return samePath(rest, withoutVersion(own).rest)
    ? { kind: 'another-version', path: first.value, version: version ?? 'none' }
    : { kind: 'another-operation', path: first.value };
}

const versionSegment = /^(?:v\d+|\d{4}-\d{2}(?:-[\w-]+)?)$/;

/** Splits the version from a path, wherever it is. */
export function withoutVersion(path: string): { rest: string; version: string | undefined } {
  const segments = path.split('/');
  return {
    rest: segments.filter((segment) => !versionSegment.test(segment)).join('/'),
    version: segments.find((segment) => versionSegment.test(segment)),
  };
}

/** The captured operation that best matches the page: the same, another version, or else the first. */
export function nearestCapture(captures: readonly [Capture, ...Capture[]], page: PageFacts): Capture {
  const rank = { 'this-operation': 0, 'another-version': 1, 'another-operation': 2, unknown: 3 };
  const methods = page.methods.map(({ value }) => value.toLowerCase());
  const ranked = captures.map((capture) => ({
    capture,
    rank: rank[identifyPage(page, capture).kind] + (methods.includes(capture.method) ? 0 : 0.5),
  }));
  return ranked.sort((one, other) => one.rank - other.rank)[0]?.capture ?? captures[0];
}
