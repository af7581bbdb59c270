import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import { build } from 'esbuild';
import { operationDetails } from '../generated/client.js';
import { runNode } from './project/run-node.js';

const project = join(import.meta.dirname, '..');

/** The bytes that a browser loads before the code runs: minified, gzipped, without dynamic imports. */
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
    // Within the package's own folder, esbuild warns that it drops imports without effect. Users do not see this.
    logLevel: 'error',
    // Resolves the package by its exports in package.json, not by the paths in tsconfig.json.
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

/** The validators of every further operation are bundled, even if it is not called. */
const furtherOperations = (Object.keys(operationDetails).length - 1) * 500;

describe('the size that the package adds to a page', () => {
  test('is zero if only its types are used', async () => {
    const code = `import type { AssociationInput } from 'hubspot-associations';
      import type { paths } from 'hubspot-associations/schema';
      export type Both = AssociationInput | keyof paths;`;
    // An empty file takes 20 bytes.
    expect(await weightOf(code)).toBe(gzipSync('', { level: 9 }).length);
  });

  test('is at most 20 kB with a client for single calls, and 0.5 kB for each further operation of the spec', async () => {
    const code = `import { createClient } from 'hubspot-associations/client';
      const client = createClient({ accessToken: 'any' });
      void client.batchCreate({ fromObjectType: 'contacts', toObjectType: 'companies', inputs: [] });`;
    expect(await weightOf(code)).toBeLessThanOrEqual(20_000 + furtherOperations);
  });

  test('is at most 33 kB with a client for any number of pairs, and 0.5 kB for each further operation of the spec', async () => {
    const code = `import { createAssociationsClient } from 'hubspot-associations';
      const client = createAssociationsClient({ accessToken: 'any' });
      void client.createAll({ fromObjectType: 'contacts', toObjectType: 'companies', inputs: [] });`;
    expect(await weightOf(code)).toBeLessThanOrEqual(33_000 + furtherOperations);
  });

  test('is at most 300 bytes with only the error guard', async () => {
    const code = `import { isAssociationsError } from 'hubspot-associations';
      console.log(isAssociationsError(undefined));`;
    expect(await weightOf(code)).toBeLessThanOrEqual(300);
  });
});

describe('the package in Node', () => {
  test.each(['hubspot-associations', 'hubspot-associations/client', 'hubspot-associations/simulator'])(
    'does not load fetch or cryptography, which take longer than all its code, to import %s',
    async (name) => {
      const script = `
        const before = new Set(process.moduleLoadList);
        const slow = () => process.moduleLoadList.filter((name) => !before.has(name) && /undici|webcrypto/.test(name));
        await import(${JSON.stringify(name)});
        const imported = slow();
        void [Response, crypto.subtle];
        console.log(JSON.stringify({ imported, isSeenWhenUsed: slow().length > 0 }));`;
      const { output } = await runNode(['--input-type=module', '--eval', script], project);
      expect(JSON.parse(output)).toEqual({ imported: [], isSeenWhenUsed: true });
    },
  );

  test.each([
    ['create', false],
    ['simulate', true],
  ])('loads an HTTP server for the command %s: %s', async (command, isLoaded) => {
    const report = 'process.on("exit", () => console.log(process.moduleLoadList.includes("NativeModule http")));';
    const main = join(project, 'dist', 'src', 'cli', 'main.js');
    const { output } = await runNode(['--import', `data:text/javascript,${report}`, main, command, '--help'], project);
    expect(output.trim().split('\n').at(-1)).toBe(String(isLoaded));
  });
});
