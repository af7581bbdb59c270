import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { at, child, children, parseSource, stepsOf, type YamlSource } from '../../src/openapi/index.js';

interface NamedSource {
  readonly file: string;
  readonly source: YamlSource;
}

/**
 * Says in which file of `openapi/`, and on which line, a place of the spec was written.
 *
 * @param files - The capture, and then its overlays.
 * @param spec - What they make together, where a place is looked up that none of them holds as it stands.
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

/** An update is written where its target stands, so that it holds the last steps of the way to a place: as many as possible. */
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
