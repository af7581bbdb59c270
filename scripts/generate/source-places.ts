import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { at, child, children, parseSource, stepsOf, type YamlSource } from '../../src/openapi/index.js';

interface NamedSource {
  readonly file: string;
  readonly source: YamlSource;
}

/**
 * Creates a function that finds the file and line in `openapi/` of a place in the spec.
 *
 * @param files - The capture, followed by its overlays.
 * @param spec - The merged spec, used for places that no file contains as such.
 */
export async function sourcePlaces(
  root: string,
  files: readonly [string, ...string[]],
  spec: unknown,
): Promise<(pointer: string) => string> {
  const read = async (file: string): Promise<NamedSource> => {
    return { file, source: parseSource(await readFile(join(root, file), 'utf8')) };
  };
  const [capture, ...others] = files;
  const captured = await read(capture);
  const overlays = await Promise.all(others.map(read));
  const generated = { file: 'generated/openapi.json', source: parseSource(JSON.stringify(spec, null, 2)) };
  return (pointer) =>
    placeIn(captured, pointer) ?? placeInUpdates(overlays, pointer) ?? placeIn(generated, pointer) ?? '';
}

function placeIn({ file, source }: NamedSource, pointer: string): string | undefined {
  const line = source.ownLineAt(pointer);
  return line === undefined ? undefined : `${file}:${String(line)}`;
}

/** Finds the update whose path matches the longest suffix of the pointer: an update starts at its target. */
function placeInUpdates(overlays: readonly NamedSource[], pointer: string): string | undefined {
  const steps = stepsOf(pointer);
  for (let skipped = 0; skipped < steps.length; skipped += 1) {
    for (const overlay of overlays) {
      const value: unknown = overlay.source.document.toJS();
      for (const [, action] of children(child({ value, pointer: '' }, 'actions'))) {
        const place = placeIn(overlay, at(action.pointer, 'update', ...steps.slice(skipped)));
        if (place !== undefined) return place;
      }
    }
  }
  return undefined;
}
