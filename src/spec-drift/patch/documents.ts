import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createTwoFilesPatch } from 'diff';
import { format, resolveConfig } from 'prettier';
import { type Document, isScalar, parseDocument, visit } from 'yaml';
import { captureFile, provenanceFile } from '../compare/capture.js';
import { editVersionOverlays, type EditedFile } from './version-overlays.js';

/** The overlay whose actions must find their targets in the capture. */
const overlayFile = 'openapi/observed.overlay.yaml';

/** The files of the spec that a patch edits. */
export interface Documents {
  readonly capture: Document;
  readonly provenance: Document;
  readonly overlay: Document;
}

const fileOf = { capture: captureFile, provenance: provenanceFile, overlay: overlayFile } as const;
const kinds = ['capture', 'provenance', 'overlay'] as const;

/** Edits the files of the spec and returns a unified diff for `git apply`; empty if nothing changes. */
export async function diffOf(root: string, edit: (documents: Documents) => void): Promise<string> {
  const sources = Object.fromEntries(kinds.map((kind) => [kind, readFileSync(join(root, fileOf[kind]), 'utf8')]));
  const parsed = (kind: (typeof kinds)[number]): Document => parseDocument(sources[kind] ?? '', { merge: true });
  const documents = { capture: parsed('capture'), provenance: parsed('provenance'), overlay: parsed('overlay') };
  edit(documents);
  const edited: EditedFile[] = [];
  for (const kind of kinds) {
    const before = sources[kind] ?? '';
    const unedited = parsed(kind);
    if (unedited.toString() === documents[kind].toString()) continue;
    edited.push({ file: fileOf[kind], before, after: await printDocument(documents[kind], unedited, before) });
  }
  edited.push(...editVersionOverlays(root, parsed('capture'), documents.capture));
  return edited.map(unifiedDiff).join('');
}

function unifiedDiff({ file, before, after }: EditedFile): string {
  if (before === after) return '';
  return createTwoFilesPatch(`a/${file}`, `b/${file}`, before, after, '', '', { context: 3 })
    .replace(/^=+\n/, '')
    .replaceAll(/^(---|\+\+\+) (.*)\t$/gm, '$1 $2');
}

/** Keeps unedited lines unchanged: restores folded scalars and formats what the YAML library rewrote. */
async function printDocument(document: Document, unedited: Document, source: string): Promise<string> {
  let text = document.toString({ lineWidth: 0 });
  visit(unedited, {
    Scalar(_, scalar) {
      const [start, end] = scalar.range ?? [0, 0];
      const folded = source.slice(start, end);
      if (isScalar(scalar) && scalar.type === 'PLAIN' && folded.includes('\n')) {
        text = text.replace(String(scalar.value), () => folded);
      }
    },
  });
  return format(text, { ...(await resolveConfig(import.meta.filename)), parser: 'yaml' });
}
