import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isAlias, isCollection, isMap, isNode, isScalar, LineCounter, parseDocument, type Document } from 'yaml';

/** Says in which file of `openapi/`, and on which line, a place of the spec was written. */
export type PlaceFinder = (pointer: string) => string;

/**
 * @param files - The capture, and then its overlays.
 * @param spec - What they make together, where a place is looked up that none of them holds as it stands.
 */
export async function placeFinder(root: string, files: readonly string[], spec: unknown): Promise<PlaceFinder> {
  const sources = await Promise.all(files.map(async (file) => source(file, await readFile(join(root, file), 'utf8'))));
  const [capture, ...overlays] = sources;
  const generated = source('generated/openapi.json', JSON.stringify(spec, null, 2));
  return (pointer) => {
    const steps = pointer
      .split('/')
      .slice(1)
      .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
    const written = capture && lineAt(capture, capture.document.contents, steps);
    return written ?? lineInUpdates(overlays, steps) ?? lineAt(generated, generated.document.contents, steps) ?? '';
  };
}

interface Source {
  readonly file: string;
  readonly document: Document;
  readonly lineCounter: LineCounter;
}

function source(file: string, text: string): Source {
  const lineCounter = new LineCounter();
  return { file, lineCounter, document: parseDocument(text, { lineCounter }) };
}

/** The line of the last step: that of its name, where it is a member. */
function lineAt({ file, document, lineCounter }: Source, from: unknown, steps: readonly string[]): string | undefined {
  let node = from;
  let start = 0;
  for (const step of steps) {
    if (isAlias(node)) node = node.resolve(document);
    if (!isCollection(node)) return undefined;
    const pair = isMap(node) ? node.items.find(({ key }) => isScalar(key) && String(key.value) === step) : undefined;
    const next: unknown = pair === undefined ? node.get(isMap(node) ? step : Number(step), true) : pair.value;
    const named = pair === undefined ? next : pair.key;
    if (!isNode(named)) return undefined;
    start = named.range?.[0] ?? start;
    node = next;
  }
  return `${file}:${String(lineCounter.linePos(start).line)}`;
}

function updatesOf({ document }: Source): unknown[] {
  const actions = document.get('actions');
  return isCollection(actions)
    ? actions.items.map((action) => (isMap(action) ? action.get('update', true) : undefined))
    : [];
}

/** An update is written where its target stands, so that it holds the last steps of the way to a place: as many as possible. */
function lineInUpdates(overlays: readonly Source[], steps: readonly string[]): string | undefined {
  for (let skipped = 0; skipped < steps.length; skipped += 1) {
    for (const overlay of overlays) {
      for (const update of updatesOf(overlay)) {
        const line = lineAt(overlay, update, steps.slice(skipped));
        if (line !== undefined) return line;
      }
    }
  }
  return undefined;
}
