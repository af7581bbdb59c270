import type { Document } from 'yaml';
import type { Documents } from './documents.js';

/** The schemas that something refers to. */
export function referencedSchemas(document: Document): ReadonlySet<string> {
  return new Set([...document.toString().matchAll(/#\/components\/schemas\/(\w+)/g)].map(([, name = '']) => name));
}

/** Removes the schemas to which nothing refers any more, unless the overlay needs them. */
export function dropUnused({ capture, provenance, overlay }: Documents, before: ReadonlySet<string>): void {
  const used = referencedSchemas(capture);
  const overlaid = overlay.toString();
  const unused = [...before].filter((name) => !used.has(name) && !overlaid.includes(`schemas.${name}.`));
  for (const name of unused) {
    capture.deleteIn(['components', 'schemas', name]);
    provenance.deleteIn(['schemas', name]);
  }
  // What only they referred to is unused now.
  if (unused.length > 0) dropUnused({ capture, provenance, overlay }, used);
}

/** Removes the overlay's action on what has gone: an action that changes nothing is an error. */
export function dropAction({ overlay }: Documents, target: string): void {
  for (let at = 0; overlay.hasIn(['actions', at]); at += 1) {
    if (overlay.getIn(['actions', at, 'target']) === target) overlay.deleteIn(['actions', at]);
  }
}
