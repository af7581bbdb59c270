import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { createScratchFolder } from '../project/run-group.js';
import type { Subject } from '../judges/subject.js';
import type { JsonObject } from '../../src/openapi/index.js';
import { generateApiFacts } from '../../scripts/generate/api-facts.js';
import { generateClient } from '../../scripts/generate/client.js';
import { isSpec } from '../../scripts/generate/spec.js';
import { generateValidators } from '../../scripts/generate/validators.js';

/** The part of the product that the suite uses. */
export type Product = Pick<Subject, 'createClient' | 'validators'>;

/** Replacements for source files, by their path from the project root. */
export type Sources = Readonly<Record<string, string>>;

const project = join(import.meta.dirname, '..', '..');

const entry = `
export { createAssociationsClient as createClient } from './src/index.ts';
export * as validators from './generated/validators.js';
`;

/** The generated files that the client is built from. */
export async function generatedSources(document: JsonObject): Promise<Sources> {
  const copy: unknown = structuredClone(document);
  if (!isSpec(copy)) throw new Error('The document is not an OpenAPI description.');
  const { code } = await generateValidators(copy);
  return {
    'generated/api-facts.ts': generateApiFacts(copy),
    'generated/client.ts': generateClient(copy),
    'generated/validators.js': code,
  };
}

/** Builds variants of the product in a temporary folder, which `remove` deletes. */
export interface ProductBuilder {
  /** Bundles the product with some of its files replaced, and imports the bundle. */
  build(sources: Sources): Promise<Product>;
  remove(): Promise<void>;
}

export async function createProductBuilder(): Promise<ProductBuilder> {
  const folder = await createScratchFolder();
  let count = 0;
  return {
    build: async (sources) => {
      count += 1;
      const outfile = join(folder, `product-${String(count)}.mjs`);
      await bundle(sources, outfile);
      const module: unknown = await import(pathToFileURL(outfile).href);
      if (!isProduct(module)) throw new Error('The bundle does not export the product.');
      return module;
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

async function bundle(sources: Sources, outfile: string): Promise<void> {
  const replaced = new Map(Object.entries(sources).map(([path, text]) => [join(project, path), text]));
  await build({
    absWorkingDir: project,
    stdin: { contents: entry, resolveDir: project, loader: 'ts' },
    bundle: true,
    format: 'esm',
    platform: 'neutral',
    mainFields: ['module', 'main'],
    target: 'es2022',
    logLevel: 'silent',
    outfile,
    plugins: [
      {
        name: 'replaced sources',
        setup: (plugin) => {
          plugin.onLoad({ filter: /(?:src|generated).*\.(?:ts|js)$/ }, ({ path }) => {
            const contents = replaced.get(path);
            return contents === undefined ? undefined : { contents, loader: path.endsWith('.ts') ? 'ts' : 'js' };
          });
        },
      },
    ],
  });
}

function isProduct(module: unknown): module is Product {
  return typeof module === 'object' && module !== null && 'createClient' in module && 'validators' in module;
}
