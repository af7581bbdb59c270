import type { Document } from 'yaml';
import type { Documents } from './documents.js';

/** The schemas that are referenced in a document. */
export function referencedSchemas(document: Document): ReadonlySet<string> {
  return new Set([...document.toString().matchAll(/#\/components\/schemas\/(\w+)/g)].map(([, name = '']) => name));
}

/** Removes schemas that are no longer referenced, unless the overlay needs them. */
export function removeUnusedSchemas({ capture, provenance, overlay }: Documents, before: ReadonlySet<string>): void {
  const used = referencedSchemas(capture);
  const overlaid = overlay.toString();
  const unused = [...before].filter((name) => !used.has(name) && !overlaid.includes(`schemas.${name}.`));
  for (const name of unused) {
    capture.deleteIn(['components', 'schemas', name]);
    provenance.deleteIn(['schemas', name]);
  }
  // Schemas that only the removed ones referenced are now unused too.
  if (unused.length > 0) removeUnusedSchemas({ capture, provenance, overlay }, used);
}

/** Removes the overlay action for a removed target, because an action without effect is an error. */
export function removeAction({ overlay }: Documents, target: string): void {
  for (let at = 0; overlay.hasIn(['actions', at]); at += 1) {
    if (overlay.getIn(['actions', at, 'target']) === target) overlay.deleteIn(['actions', at]);
  }
}
