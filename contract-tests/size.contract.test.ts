import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import { build } from 'esbuild';

const project = join(import.meta.dirname, '..');

/** How many bytes a browser loads before such code runs: minified, gzipped, without what is imported on demand. */
async function weightOf(code: string): Promise<number> {
  const { outputFiles, metafile } = await build({
    stdin: { contents: code, resolveDir: project, sourcefile: 'entry.ts', loader: 'ts' },
    absWorkingDir: project,
    outdir: 'out',
    entryNames: 'entry',
    bundle: true,
    splitting: true,
    minify: true,
    write: false,
    metafile: true,
    format: 'esm',
    platform: 'browser',
    // The package by its own name is what package.json exports, not what the compiler's paths name.
    tsconfigRaw: {},
  });
  const loaded = new Set(['out/entry.js']);
  for (const path of loaded) {
    for (const { kind, path: imported } of metafile.outputs[path]?.imports ?? []) {
      if (kind === 'import-statement') loaded.add(imported);
    }
  }
  const files = outputFiles.filter(({ path }) => loaded.has(path.slice(project.length + 1).replaceAll('\\', '/')));
  expect(files).toHaveLength(loaded.size);
  return files.reduce((bytes, { contents }) => bytes + gzipSync(contents, { level: 9 }).length, 0);
}

describe('what the package adds to a page', () => {
  test('is nothing where only its types are used', async () => {
    const code = `import type { AssociationInput } from 'hubspot-associations';
      import type { paths } from 'hubspot-associations/schema';
      export type Both = AssociationInput | keyof paths;`;
    // An empty file takes 20 bytes.
    expect(await weightOf(code)).toBe(gzipSync('', { level: 9 }).length);
  });

  test('is at most 32 kB with a client', async () => {
    const code = `import { createAssociationsClient } from 'hubspot-associations';
      const client = createAssociationsClient({ accessToken: 'any' });
      void client.batchCreate({ fromObjectType: 'contacts', toObjectType: 'companies', inputs: [] });`;
    expect(await weightOf(code)).toBeLessThanOrEqual(32_000);
  });
});
