import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compileFunction, constants } from 'node:vm';
import { build } from 'esbuild';

const jestGlobals = join(import.meta.dirname, 'jest-globals.ts');

/** Bundled, because its CommonJS module has another default export than its ES module. */
const openapiFetch = fileURLToPath(import.meta.resolve('openapi-fetch'));

/** Bundles a test file with the sources that it imports. Each call of the result evaluates all of it afresh. */
export async function bundleTests(file: string): Promise<() => void> {
  const { outputFiles } = await build({
    entryPoints: [file],
    bundle: true,
    write: false,
    format: 'cjs',
    platform: 'node',
    target: 'node20',
    packages: 'external',
    alias: { '@jest/globals': jestGlobals, 'openapi-fetch': openapiFetch },
    define: { 'import.meta.dirname': '__dirname' },
  });
  const code = outputFiles.map(({ text }) => text).join('\n');
  const evaluate = compileFunction(code, ['module', 'require', '__dirname'], {
    filename: file,
    importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  });
  const require = createRequire(file);
  return () => {
    evaluate.call(undefined, { exports: {} }, require, dirname(file));
  };
}
