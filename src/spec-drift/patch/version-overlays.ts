import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Document } from 'yaml';
import { withoutVersion } from '../compare/page-subject.js';
import { keyOf, mapAt } from './nodes.js';

/** A file before and after an edit. */
export interface EditedFile {
  readonly file: string;
  readonly before: string;
  readonly after: string;
}

const folder = 'openapi/versions';

/** Updates the path in the overlays of other versions if the path in the capture changes. */
export function editVersionOverlays(root: string, unedited: Document, edited: Document): EditedFile[] {
  const [from, ...more] = missingIn(edited, unedited);
  const [to, ...others] = missingIn(unedited, edited);
  if (from === undefined || to === undefined || more.length + others.length > 0) return [];
  return readdirSync(join(root, folder)).map((name) => {
    const file = `${folder}/${name}`;
    const before = readFileSync(join(root, file), 'utf8');
    const version = basename(name, '.overlay.yaml');
    const after = before.replaceAll(inVersion(from, version), inVersion(to, version)).replaceAll(from, to);
    return { file, before, after };
  });
}

/** The paths of `of` that are missing in `document`. */
function missingIn(document: Document, of: Document): string[] {
  return (mapAt(of, ['paths'])?.items ?? [])
    .map(({ key }) => keyOf(key))
    .filter((path) => !document.hasIn(['paths', path]));
}

function inVersion(path: string, version: string): string {
  const { version: own } = withoutVersion(path);
  return own === undefined ? path : path.replace(own, version);
}
